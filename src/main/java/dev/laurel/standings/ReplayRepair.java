package dev.laurel.standings;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.Written.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes sure that Redis shows an event that has come again, before that is acknowledged. Whoever committed it may have
 * died, or never have heard of the commit, before Redis was told; the repair of such tails comes only seconds later.
 */
@ApplicationScoped
class ReplayRepair {
    private final LiveStandings standings;
    private final Merger merger;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;

    ReplayRepair(LiveStandings standings, Merger merger, Rebuilder rebuilder, ChangeStamps stamps) {
        this.standings = standings;
        this.merger = merger;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
    }

    /**
     * Carries the present standings of the players whose events are duplicates.
     *
     * @return fails with {@link Unavailable} when PostgreSQL cannot tell the standings, which casts no doubt on Redis for
     *     anybody else, or when Redis did not take them and that cannot be written down either
     */
    Uni<Void> carry(List<ScoreWrite> batch, List<Written> written) {
        Map<WindowRef, List<String>> players = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (written.get(i).outcome() == Outcome.DUPLICATE) {
                ScoreWrite write = batch.get(i);
                write.windows().forEach(window -> players.computeIfAbsent(window, none -> new ArrayList<>())
                        .add(write.playerId()));
            }
        }
        if (players.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> carried = new ArrayList<>();
        players.forEach((window, ids) -> {
            for (int from = 0; from < ids.size(); from += Merger.PAGE) {
                carried.add(carry(window, ids.subList(from, Math.min(from + Merger.PAGE, ids.size()))));
            }
        });
        return Uni.join().all(carried).andFailFast().replaceWithVoid();
    }

    private Uni<Void> carry(WindowRef window, List<String> playerIds) {
        return standings
                .of(window, playerIds)
                .chain(rows -> merger.put(window, rows)
                        .replaceWithVoid()
                        .onFailure()
                        .recoverWithUni(failure -> rebuilder.distrust(List.of(window))))
                .invoke(() -> stamps.changed(window));
    }
}
