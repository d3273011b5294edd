package dev.laurel.admin;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.board.all.AllBoards;
import dev.laurel.cache.CacheConfig;
import dev.laurel.player.Players;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.standings.admin.StandingsAdmin;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads what most requests need before they need it: the current windows of boards into Redis, their definitions and the
 * records of their first players into this process. Bounded in time, and one at a time in each process.
 */
@ApplicationScoped
public class CacheWarming {
    /** Maximum number of players of each ranking. */
    public static final int MAX_PLAYERS = Rankings.MAX_LIMIT;

    private static final Logger LOG = Logger.getLogger(CacheWarming.class);
    private static final int MAX_BOARDS = 1_000;

    private final Boards boards;
    private final AllBoards all;
    private final StandingsAdmin standings;
    private final Rankings rankings;
    private final Players players;
    private final Duration warmFor;
    private final AtomicBoolean running = new AtomicBoolean();

    CacheWarming(
            Boards boards,
            AllBoards all,
            StandingsAdmin standings,
            Rankings rankings,
            Players players,
            CacheConfig config) {
        this.boards = boards;
        this.all = all;
        this.standings = standings;
        this.rankings = rankings;
        this.players = players;
        this.warmFor = config.warmFor();
    }

    /**
     * Warms one board, or all.
     *
     * @param board null for all, by name, up to {@value #MAX_BOARDS}
     * @param mostPlayers of each ranking, from 0
     * @return fails with {@link NotFound}, and with {@link Conflict} while the process is warming
     */
    public Uni<Warmed> warm(String board, int mostPlayers) {
        return Uni.createFrom().deferred(() -> {
            if (!running.compareAndSet(false, true)) {
                throw new Conflict("This process is warming its caches already");
            }
            return wanted(board)
                    .chain(found -> warmAll(new Progress(mostPlayers, System.nanoTime()), found))
                    .onTermination()
                    .invoke(() -> running.set(false));
        });
    }

    private Uni<List<Board>> wanted(String board) {
        return board == null
                ? all.page(new PageRequest(1, MAX_BOARDS))
                : boards.get(board).map(List::of);
    }

    private Uni<Warmed> warmAll(Progress progress, List<Board> wanted) {
        return Multi.createFrom()
                .iterable(wanted)
                .select()
                .first(board -> left(progress).toNanos() > 0)
                .onItem()
                .transformToUniAndConcatenate(board -> tryToWarm(progress, board))
                .collect()
                .last()
                .map(last -> progress.warmed(wanted.size()));
    }

    private Duration left(Progress progress) {
        return warmFor.minusNanos(System.nanoTime() - progress.started);
    }

    /** A board that cannot be warmed does not keep the others cold. Loading goes on when there is no more time to wait for it. */
    private Uni<Void> tryToWarm(Progress progress, Board board) {
        return warm(progress, board)
                .invoke(() -> progress.boards++)
                .ifNoItem()
                .after(left(progress).plusMillis(1))
                .fail()
                .onFailure()
                .invoke(failure -> {
                    LOG.infof("Board %s could not be warmed: %s", board.name(), failure.getMessage());
                    progress.failed.add(board.name());
                })
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> warm(Progress progress, Board board) {
        return boards.get(board.fullName())
                .chain(standings::warm)
                .chain(() -> Multi.createFrom()
                        .iterable(board.definition().periods())
                        .onItem()
                        .transformToUniAndConcatenate(period -> read(progress, board, period))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private Uni<Void> read(Progress progress, Board board, Period period) {
        return rankings.of(new RankingQuery(board.fullName(), period, null, null))
                .chain(ranking -> rankings.page(ranking, null, 0, Math.max(1, progress.mostPlayers)))
                .invoke(() -> progress.rankings++)
                .chain(page -> records(progress, board, page))
                // Between two seasons there is nothing to read.
                .onFailure(NotFound.class)
                .recoverWithNull();
    }

    private Uni<Void> records(Progress progress, Board board, RankingPage page) {
        List<String> ids = page.entries().stream()
                .limit(progress.mostPlayers)
                .map(one -> one.standing().playerId())
                .toList();
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : players.known(board.tenant(), ids)
                        .invoke(() -> progress.players.addAll(ids))
                        .replaceWithVoid();
    }

    /** Changed by one step after the other. */
    private static final class Progress {
        private final int mostPlayers;
        private final long started;
        private final Set<String> players = new TreeSet<>();
        private final List<String> failed = new ArrayList<>();
        private long boards;
        private long rankings;

        Progress(int mostPlayers, long started) {
            this.mostPlayers = mostPlayers;
            this.started = started;
        }

        Warmed warmed(int wanted) {
            return new Warmed(
                    boards,
                    rankings,
                    players.size(),
                    List.copyOf(failed),
                    boards + failed.size() == wanted,
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    /**
     * What was warmed.
     *
     * @param failed names of the boards that could not be
     * @param complete whether no board was left out for lack of time
     */
    public record Warmed(
            long boards, long rankings, long players, List<String> failed, boolean complete, Duration took) {}
}
