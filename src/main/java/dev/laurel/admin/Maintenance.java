package dev.laurel.admin;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.cache.Answers;
import dev.laurel.correction.AdminLog;
import dev.laurel.correction.Decision;
import dev.laurel.ranking.PreviousRanks;
import dev.laurel.ranking.group.GroupRankings;
import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.admin.StandingsAdmin.Comparison;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;

/** Maintains one board's rankings in Redis. */
@ApplicationScoped
public class Maintenance {
    private final Boards boards;
    private final StandingsAdmin standings;
    private final Answers answers;
    private final PreviousRanks previousRanks;
    private final SegmentReader segments;
    private final GroupRankings groups;
    private final AdminLog log;

    Maintenance(
            Boards boards,
            StandingsAdmin standings,
            Answers answers,
            PreviousRanks previousRanks,
            SegmentReader segments,
            GroupRankings groups,
            AdminLog log) {
        this.boards = boards;
        this.standings = standings;
        this.answers = answers;
        this.previousRanks = previousRanks;
        this.segments = segments;
        this.groups = groups;
        this.log = log;
    }

    /**
     * Loads every window of a board that is not archived from PostgreSQL into Redis, regardless of what Redis holds.
     */
    public Uni<Sync> sync(String boardName, Decision decision) {
        long started = System.nanoTime();
        return boards.get(boardName)
                .call(board -> log.record(board.id(), "SYNC", decision))
                .chain(standings::liveWindows)
                .onItem()
                .transformToMulti(windows -> Multi.createFrom().iterable(windows))
                .onItem()
                .transformToUniAndConcatenate(
                        window -> standings.load(window).map(players -> new LoadedWindow(window, players)))
                .collect()
                .asList()
                .map(loaded -> new Sync(loaded, Duration.ofNanos(System.nanoTime() - started)));
    }

    /**
     * Clears everything that is cached of a board: finished responses and ranks in this process, and its windows in
     * Redis.
     *
     * @return the number of standings removed from Redis
     */
    public Uni<Long> clear(String boardName, Decision decision) {
        return boards.refresh(boardName)
                .call(board -> log.record(board.id(), "CLEAR_CACHE", decision))
                .chain(standings::clear)
                .invoke(answers::clear)
                .invoke(previousRanks::clear)
                .invoke(segments::clear)
                .invoke(groups::clear);
    }

    /** The current windows of a board in both stores. */
    public Uni<List<Comparison>> compare(Board board) {
        return standings
                .liveWindows(board)
                .onItem()
                .transformToMulti(windows ->
                        Multi.createFrom().iterable(windows.stream().limit(20).toList()))
                .onItem()
                .transformToUniAndConcatenate(standings::compare)
                .collect()
                .asList();
    }

    /** The result of a synchronization. */
    public record Sync(List<LoadedWindow> windows, Duration took) {}

    /**
     * One window loaded by it.
     *
     * @param players loaded, or -1 when another loader was running
     */
    public record LoadedWindow(WindowRef window, long players) {}
}
