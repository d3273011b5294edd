package dev.laurel.standings;

import dev.laurel.board.Boards;
import dev.laurel.platform.Commits;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.Written.Outcome;
import dev.laurel.standings.Written.WindowStanding;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes score events: first to PostgreSQL, in one transaction, then to Redis. */
@ApplicationScoped
public class StandingsWriter {
    /** Raised by {@code apply_scores}. */
    private static final String BOARD_CHANGED = "LB001";

    private static final String WINDOW_NOT_OPEN = "LB002";
    private static final String ID_TAKEN = "LB003";
    private static final String STEP_TOO_LARGE = "LB004";
    private static final String DEADLOCK = "40P01";
    private static final int DEADLOCK_RETRIES = 3;
    private static final String CHECK_VIOLATION = "23514";

    private final Sql sql;
    private final RollingStandings rolling;
    private final RedisStandings redis;
    private final WindowRegistry windows;
    private final Rebuilder rebuilder;
    private final ReplayRepair replays;
    private final EventAnswers answers;
    private final Boards boards;
    private final Pictures pictures;
    private Commits commits;

    StandingsWriter(
            Sql sql,
            RollingStandings rolling,
            RedisStandings redis,
            WindowRegistry windows,
            Rebuilder rebuilder,
            ReplayRepair replays,
            EventAnswers answers,
            Boards boards,
            Pictures pictures) {
        this.sql = sql;
        this.rolling = rolling;
        this.redis = redis;
        this.windows = windows;
        this.rebuilder = rebuilder;
        this.replays = replays;
        this.answers = answers;
        this.boards = boards;
        this.pictures = pictures;
    }

    @Inject
    void announceTo(Commits listeners) {
        commits = listeners;
    }

    /**
     * Accepts a batch of events, no event id twice among them. When it answers, PostgreSQL has committed all of them
     * and Redis shows them, or will not be read until it does; what is answered to events with ids of their own is kept.
     *
     * @return what became of each, in order; fails with {@link BatchRefused} when nothing of the batch is written, for the
     *     reason of {@link Outdated} when something must be looked up again, or of {@link InvalidInput} when a sum would
     *     leave the exact range
     */
    public Uni<List<Written>> write(List<ScoreWrite> batch) {
        return write(batch, false);
    }

    /**
     * As {@link #write}, but an event whose id is taken by other content fails the whole batch with {@link Conflict}
     * before anything is written.
     */
    public Uni<List<Written>> writeAll(List<ScoreWrite> batch) {
        return write(batch, true).onFailure(BatchRefused.class).transform(BatchRefused::reasonOf);
    }

    private Uni<List<Written>> write(List<ScoreWrite> batch, boolean allOrNothing) {
        return pictures.awaitBegun(batch)
                .onFailure()
                .transform(BatchRefused::new)
                .chain(() -> commit(batch, allOrNothing))
                .chain(written -> rolling.find(batch, written))
                // Redis first, also when PostgreSQL has gone since: it gets what is known.
                .chain(found -> redis.apply(found.written())
                        .onFailure()
                        .invoke(() -> rolling.doubt(found))
                        .call(() -> rolling.settle(found)))
                .map(written -> pictures.told(batch, readable(batch, written)))
                .call(written -> answers.remember(batch, written))
                .chain(written -> replays.carry(batch, written));
    }

    private static List<Written> readable(List<ScoreWrite> batch, List<Written> written) {
        if (batch.stream().allMatch(write -> write.board().filling().isEmpty())) {
            return written;
        }
        return IntStream.range(0, batch.size())
                .mapToObj(i -> written.get(i).without(batch.get(i).board()::isFilling))
                .toList();
    }

    private Uni<List<Written>> commit(List<ScoreWrite> batch, boolean allOrNothing) {
        return sql.run(() -> doubt(batch), BatchStatement.SQL, BatchStatement.arguments(batch, allOrNothing))
                .onFailure(StandingsWriter::isDeadlock)
                .retry()
                .atMost(DEADLOCK_RETRIES)
                .onFailure(PgException.class)
                .transform(e -> new BatchRefused(refusal(e, batch)))
                .invoke(() -> announce(batch))
                .map(rows -> read(batch, rows));
    }

    private void announce(List<ScoreWrite> batch) {
        batch.stream()
                .mapToInt(write -> write.board().id())
                .distinct()
                .forEach(board -> commits.announce(Commits.Kind.EVENTS, board));
    }

    /** Batches of two replicas may lock the same players in another order when they hold events sent again. */
    private static boolean isDeadlock(Throwable failure) {
        return failure instanceof PgException e && DEADLOCK.equals(e.getSqlState());
    }

    /** The batch may stand in PostgreSQL although nobody carried it to Redis. */
    private void doubt(List<ScoreWrite> batch) {
        batch.stream()
                .flatMap(write -> Stream.concat(write.windows().stream(), rolling.of(write).stream()))
                .distinct()
                .forEach(rebuilder::doubt);
    }

    private Throwable refusal(PgException failure, List<ScoreWrite> batch) {
        if (BOARD_CHANGED.equals(failure.getSqlState())) {
            batch.stream().map(write -> write.board().name()).distinct().forEach(boards::forget);
        }
        if (BOARD_CHANGED.equals(failure.getSqlState()) || WINDOW_NOT_OPEN.equals(failure.getSqlState())) {
            batch.forEach(write -> write.windows().forEach(windows::forget));
            return new Outdated();
        }
        if (ID_TAKEN.equals(failure.getSqlState())) {
            return new Conflict("An event id of this batch has been accepted before with other content");
        }
        if (STEP_TOO_LARGE.equals(failure.getSqlState())) {
            return new InvalidInput(
                    "score", "differs from the player's current score by more than the board's maximum step");
        }
        if (CHECK_VIOLATION.equals(failure.getSqlState())) {
            return new InvalidInput("score", "would take the score out of its exact range");
        }
        // Not expected: what it says of our inner workings is for the log.
        return new IllegalStateException("PostgreSQL has refused a batch", failure);
    }

    private static List<Written> read(List<ScoreWrite> batch, RowSet<Row> rows) {
        Written[] written = new Written[batch.size()];
        for (Row row : rows) {
            int index = (int) (row.getLong(0) - 1);
            written[index] = switch (row.getString(1)) {
                case "A" -> accepted(Outcome.APPLIED, batch.get(index), row);
                case "U" -> accepted(Outcome.UNCHANGED, batch.get(index), row);
                case "D" -> new Written(Outcome.DUPLICATE, 0, List.of());
                default -> new Written(Outcome.CONFLICT, 0, List.of());
            };
        }
        return Arrays.asList(written);
    }

    private static Written accepted(Outcome outcome, ScoreWrite write, Row row) {
        Long[] scores = row.getArrayOfLongs(3);
        Long[] instants = row.getArrayOfLongs(4);
        Long[] more = row.getArrayOfLongs(5);
        Short[] barred = row.getArrayOfShorts(6);
        List<WindowStanding> standings = new ArrayList<>(write.windows().size());
        int next = 0;
        for (WindowRef window : write.windows()) {
            int slot = window.period().code() - 1;
            boolean out = barred != null
                    && Arrays.asList(barred).contains(window.period().code());
            standings.add(
                    new WindowStanding(window, new Standing(write.playerId(), scores[slot], instants[slot]), out));
            for (int metric = 1; metric <= write.more().size(); metric++) {
                Standing standing = new Standing(write.playerId(), more[next], more[next + 1]);
                standings.add(new WindowStanding(window.by(metric), standing, out));
                next += 2;
            }
        }
        return new Written(outcome, row.getLong(2), standings);
    }
}
