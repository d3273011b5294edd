package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.EventAnswers.Accepted;
import dev.laurel.standings.write.WriteResult.Outcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes sure that Redis shows a resent event before it is acknowledged. The process that committed it may have died, or
 * lost the reply to the commit, before it updated Redis; the repair of such tails comes only seconds later.
 */
@ApplicationScoped
class ReplayRepair {
    private static final Logger LOG = Logger.getLogger(ReplayRepair.class);

    private final EventAnswers answers;
    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final StandingsSync sync;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;

    ReplayRepair(
            EventAnswers answers,
            WindowRegistry windows,
            RollingWindows rolling,
            StandingsSync sync,
            Rebuilder rebuilder,
            ChangeStamps stamps) {
        this.answers = answers;
        this.windows = windows;
        this.rolling = rolling;
        this.sync = sync;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
    }

    /**
     * Copies the present standings of the players whose events are duplicates, in the windows of the accepted events.
     *
     * @return the outcome of the batch: where PostgreSQL cannot supply the standings, or Redis rejected them and
     *     that cannot be recorded either, the duplicates are {@link Outcome#UNSHOWN}; no other event is affected
     */
    Uni<List<WriteResult>> carry(List<ScoreWrite> batch, List<WriteResult> written) {
        Map<Board, List<ScoreWrite>> duplicates = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (written.get(i).outcome() == Outcome.DUPLICATE) {
                duplicates
                        .computeIfAbsent(batch.get(i).board(), board -> new ArrayList<>())
                        .add(batch.get(i));
            }
        }
        if (duplicates.isEmpty()) {
            return Uni.createFrom().item(written);
        }
        return Multi.createFrom()
                .iterable(duplicates.entrySet())
                .onItem()
                .transformToUniAndConcatenate(own -> carry(own.getKey(), own.getValue()))
                .collect()
                .last()
                .replaceWith(written)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Redis could not be updated with the standings of repeated events: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(
                        () -> written.stream().map(ReplayRepair::unshown).toList());
    }

    private static WriteResult unshown(WriteResult one) {
        return one.outcome() == Outcome.DUPLICATE
                ? new WriteResult(Outcome.UNSHOWN, 0, List.of(), one.companion())
                : one;
    }

    /**
     * The windows are those of the accepted instant: an event without an instant of its own is resent at a later time.
     * Each window is copied once, however many instants the events have.
     */
    private Uni<Void> carry(Board board, List<ScoreWrite> duplicates) {
        List<String> ids = duplicates.stream().map(ScoreWrite::clientEventId).toList();
        Map<WindowRef, Set<String>> players = new LinkedHashMap<>();
        return answers.find(board, ids)
                .onItem()
                .transformToMulti(found ->
                        Multi.createFrom().iterable(byInstant(duplicates, found).entrySet()))
                .onItem()
                .transformToUniAndConcatenate(own -> windowsAt(board, own.getKey())
                        .invoke(windows -> windows.forEach(
                                window -> players.computeIfAbsent(window, first -> new LinkedHashSet<>())
                                        .addAll(own.getValue()))))
                .collect()
                .last()
                .chain(() -> carry(players));
    }

    private static Map<Instant, List<String>> byInstant(List<ScoreWrite> duplicates, Map<String, Accepted> found) {
        Map<Instant, List<String>> players = new LinkedHashMap<>();
        for (ScoreWrite write : duplicates) {
            Accepted accepted = found.get(write.clientEventId());
            Instant instant = accepted == null || accepted.occurredAt() == null
                    ? Instant.ofEpochMilli(write.occurredAt())
                    : accepted.occurredAt();
            players.computeIfAbsent(instant, at -> new ArrayList<>()).add(write.playerId());
        }
        return players;
    }

    private Uni<List<WindowRef>> windowsAt(Board board, Instant instant) {
        Multi<WindowRef> own = Multi.createFrom()
                .iterable(board.definition().periods())
                .select()
                .where(period -> !period.isRolling())
                .onItem()
                .transformToUniAndConcatenate(period -> windows.at(board, period, instant))
                .select()
                .where(window -> window.opened() && window.state() != WindowState.CLOSED);
        return Multi.createBy()
                .concatenating()
                .streams(own, Multi.createFrom().iterable(rolling.holding(board, instant)))
                .collect()
                .asList();
    }

    private Uni<Void> carry(Map<WindowRef, Set<String>> players) {
        return Multi.createFrom()
                .iterable(players.entrySet())
                .onItem()
                .transformToUniAndConcatenate(own -> carry(own.getKey(), List.copyOf(own.getValue())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> carry(WindowRef window, List<String> playerIds) {
        return sync.apply(window, playerIds)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> rebuilder.markStale(List.of(window)))
                .invoke(() -> stamps.changed(window));
    }
}
