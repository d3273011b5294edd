package dev.laurel.standings.write;

import dev.laurel.board.Boards;
import dev.laurel.platform.async.Commits;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.Outdated;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Has PostgreSQL write a batch of events in one transaction, and reads the outcome of each. */
@ApplicationScoped
class BatchCommit {
    /** Raised by {@code apply_scores}. */
    private static final String BOARD_CHANGED = "LB001";

    private static final String WINDOW_NOT_OPEN = "LB002";
    private static final String ID_TAKEN = "LB003";
    private static final String STEP_TOO_LARGE = "LB004";
    private static final String TOO_MANY_HELD = "LB012";
    private static final String DERIVED_BEYOND = "LB014";
    private static final String COMPANION_OUTDATED = "LB007";
    private static final String DEADLOCK = "40P01";
    private static final int DEADLOCK_RETRIES = 3;
    private static final String CHECK_VIOLATION = "23514";

    /** The column of what became of a companion. */
    private static final int ANSWER = 7;

    private static final WriteResult BARE_APPLIED = bare(Outcome.APPLIED);
    private static final WriteResult BARE_UNCHANGED = bare(Outcome.UNCHANGED);
    private static final WriteResult BARE_DUPLICATE = bare(Outcome.DUPLICATE);
    private static final WriteResult BARE_CONFLICT = bare(Outcome.CONFLICT);

    /** Of this transaction alone. */
    private static final String OUTCOMES_ONLY = "SELECT set_config('laurel.outcomes_only', 'on', true)";

    private final Sql sql;
    private final RollingStandings rolling;
    private final WindowRegistry windows;
    private final Rebuilder rebuilder;
    private final Boards boards;
    private final Commits commits;

    BatchCommit(
            Sql sql,
            RollingStandings rolling,
            WindowRegistry windows,
            Rebuilder rebuilder,
            Boards boards,
            Commits commits) {
        this.sql = sql;
        this.rolling = rolling;
        this.windows = windows;
        this.rebuilder = rebuilder;
        this.boards = boards;
        this.commits = commits;
    }

    /** Fails with {@link BatchRefused} when nothing of the batch is written. */
    Uni<List<WriteResult>> commit(List<ScoreWrite> batch, boolean allOrNothing) {
        boolean accompanied = batch.stream().anyMatch(write -> write.companion() != null);
        boolean judged = batch.stream().anyMatch(JudgedStatement::judges);
        // Deferred, so that each attempt sends the batch again.
        return Uni.createFrom()
                .deferred(() -> send(batch, allOrNothing, accompanied, judged))
                .onFailure(BatchCommit::isDeadlock)
                .retry()
                .atMost(DEADLOCK_RETRIES)
                .onFailure(PgException.class)
                .transform(e -> new BatchRefused(refusal(e, batch)))
                .map(rows -> read(batch, rows, accompanied || judged))
                .invoke(results -> announce(batch, results));
    }

    /**
     * As {@link #commit}, in a transaction of the caller, which fails with it: a deadlock, too, is for the caller to retry.
     *
     * @param standings whether the results have the standings after each event; without, reading them costs little
     */
    Uni<List<WriteResult>> commitIn(Statements transaction, List<ScoreWrite> batch, boolean standings) {
        boolean judged = batch.stream().anyMatch(JudgedStatement::judges);
        boolean outcomes = !judged && !standings;
        String statement = judged ? JudgedStatement.SQL : standings ? BatchStatement.SQL : BatchStatement.OUTCOMES;
        return (outcomes
                        ? transaction.run(OUTCOMES_ONLY).replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .chain(() -> transaction.run(
                        statement,
                        judged ? JudgedStatement.arguments(batch, false) : BatchStatement.arguments(batch, false)))
                .onFailure(PgException.class)
                .transform(e -> new BatchRefused(refusal(e, batch)))
                .map(rows -> outcomes ? outcomes(batch, rows) : read(batch, rows, judged));
    }

    private static List<WriteResult> outcomes(List<ScoreWrite> batch, RowSet<Row> rows) {
        WriteResult[] written = new WriteResult[batch.size()];
        for (Row row : rows) {
            written[(int) (row.getLong(0) - 1)] = switch (row.getString(1)) {
                case "A" -> BARE_APPLIED;
                case "U" -> BARE_UNCHANGED;
                case "D" -> BARE_DUPLICATE;
                default -> BARE_CONFLICT;
            };
        }
        return Arrays.asList(written);
    }

    private static WriteResult bare(Outcome outcome) {
        return new WriteResult(outcome, 0, List.of());
    }

    private Uni<RowSet<Row>> send(List<ScoreWrite> batch, boolean allOrNothing, boolean accompanied, boolean judged) {
        Runnable uncertain = () -> markUncertain(batch);
        if (judged) {
            return sql.run(uncertain, JudgedStatement.SQL, JudgedStatement.arguments(batch, allOrNothing));
        }
        return accompanied
                ? sql.run(uncertain, BatchStatement.ACCOMPANIED, BatchStatement.accompanied(batch, allOrNothing))
                : sql.run(uncertain, BatchStatement.SQL, BatchStatement.arguments(batch, allOrNothing));
    }

    /** Wakes up who follows the boards that have got events: not those to which everything was sent before. */
    void announce(List<ScoreWrite> batch, List<WriteResult> results) {
        IntStream.range(0, batch.size())
                .filter(i -> isEvent(results.get(i).outcome()))
                .map(i -> batch.get(i).board().id())
                .distinct()
                .forEach(board -> commits.announce(Commits.Kind.EVENTS, board));
    }

    private static boolean isEvent(Outcome outcome) {
        return outcome == Outcome.APPLIED || outcome == Outcome.UNCHANGED;
    }

    /** Batches of two replicas may lock the same players in a different order when they contain resent events. */
    private static boolean isDeadlock(Throwable failure) {
        return failure instanceof PgException e && DEADLOCK.equals(e.getSqlState());
    }

    /** PostgreSQL may have the batch although it was never written to Redis. */
    private void markUncertain(List<ScoreWrite> batch) {
        batch.stream()
                .flatMap(write -> Stream.concat(write.windows().stream(), rolling.of(write).stream()))
                .distinct()
                .forEach(rebuilder::markUncertain);
    }

    private Throwable refusal(PgException failure, List<ScoreWrite> batch) {
        if (BOARD_CHANGED.equals(failure.getSqlState())) {
            batch.stream().map(ScoreWrite::board).distinct().forEach(boards::forget);
        }
        if (BOARD_CHANGED.equals(failure.getSqlState()) || WINDOW_NOT_OPEN.equals(failure.getSqlState())) {
            batch.forEach(write -> write.windows().forEach(windows::forget));
            return new Outdated();
        }
        if (COMPANION_OUTDATED.equals(failure.getSqlState())) {
            return new Outdated();
        }
        if (DEADLOCK.equals(failure.getSqlState())) {
            return Unavailable.overloaded("Other events of the same players are being written; try again");
        }
        if (ID_TAKEN.equals(failure.getSqlState())) {
            return new Conflict("An event id of this batch has been accepted before with other content");
        }
        if (STEP_TOO_LARGE.equals(failure.getSqlState())) {
            return new InvalidInput(
                    "score", "differs from the player's current score by more than the board's maximum step");
        }
        if (TOO_MANY_HELD.equals(failure.getSqlState())) {
            return new InvalidInput(
                    "score", "would be held for review, and the board holds no more events until some are decided on");
        }
        if (DERIVED_BEYOND.equals(failure.getSqlState())) {
            return new InvalidInput("score", "would take a derived metric out of its exact range");
        }
        if (CHECK_VIOLATION.equals(failure.getSqlState())) {
            return new InvalidInput("score", "would take the score out of its exact range");
        }
        // Unexpected: what it reveals of our internals is only for the log.
        return new IllegalStateException("PostgreSQL has refused a batch", failure);
    }

    private static List<WriteResult> read(List<ScoreWrite> batch, RowSet<Row> rows, boolean answered) {
        WriteResult[] written = new WriteResult[batch.size()];
        for (Row row : rows) {
            int index = (int) (row.getLong(0) - 1);
            String companion = answered ? row.getString(ANSWER) : null;
            written[index] = switch (row.getString(1)) {
                case "A" -> accepted(Outcome.APPLIED, batch.get(index), row, companion);
                case "U" -> accepted(Outcome.UNCHANGED, batch.get(index), row, companion);
                case "D" -> new WriteResult(Outcome.DUPLICATE, 0, List.of(), companion);
                case "S" -> new WriteResult(Outcome.SKIPPED, 0, List.of(), companion);
                case "H" -> new WriteResult(Outcome.HELD, 0, List.of());
                case "J" -> new WriteResult(Outcome.REJECTED, 0, List.of());
                default -> new WriteResult(Outcome.CONFLICT, 0, List.of(), companion);
            };
        }
        return Arrays.asList(written);
    }

    private static WriteResult accepted(Outcome outcome, ScoreWrite write, Row row, String companion) {
        Long[] scores = row.getArrayOfLongs(3);
        Long[] instants = row.getArrayOfLongs(4);
        Long[] furtherMetrics = row.getArrayOfLongs(5);
        Short[] barred = row.getArrayOfShorts(6);
        List<WindowStanding> standings = new ArrayList<>(write.windows().size());
        int further = furtherMetrics == null
                ? 0
                : write.board().definition().metrics().size() - 1;
        int next = 0;
        for (WindowRef window : write.windows()) {
            int slot = window.period().code() - 1;
            boolean out = barred != null
                    && Arrays.asList(barred).contains(window.period().code());
            standings.add(new WindowStanding(
                    window.by(0), new Standing(write.playerId(), scores[slot], instants[slot]), out));
            for (int metric = 1; metric <= further; metric++) {
                Standing standing = furtherMetrics[next] == null
                        ? null
                        : new Standing(write.playerId(), furtherMetrics[next], furtherMetrics[next + 1]);
                standings.add(new WindowStanding(window.by(metric), standing, out));
                next += 2;
            }
        }
        return new WriteResult(outcome, row.getLong(2), standings, companion);
    }
}
