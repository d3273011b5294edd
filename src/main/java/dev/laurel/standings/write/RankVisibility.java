package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides which ranks may be reported to submitters: none while a board is frozen. */
@ApplicationScoped
public class RankVisibility {
    private final Clock clock;

    RankVisibility(Clock clock) {
        this.clock = clock;
    }

    /** What may be reported of a batch. */
    List<WriteResult> visible(List<ScoreWrite> batch, List<WriteResult> written) {
        if (batch.stream().allMatch(write -> write.board().freeze() == null)) {
            return written;
        }
        Instant now = clock.instant();
        List<WriteResult> visible = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            WriteResult one = written.get(i);
            visible.add(batch.get(i).board().frozen(now) ? one.withoutRanks() : one);
        }
        return visible;
    }

    /** What may be reported of standings on a board. */
    public List<WindowStanding> visible(Board board, List<WindowStanding> standings) {
        return board.frozen(clock.instant())
                ? standings.stream().map(WindowStanding::withoutRank).toList()
                : standings;
    }
}
