package dev.laurel.achievement.award;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides achievements for players whose daily figures have changed. A change of the figures notes the player in the
 * same transaction, and the player is taken off the list in that of the awards.
 */
@ApplicationScoped
class DueAwards {
    private static final String TAKE = """
            DELETE FROM achievement_due WHERE id IN (
                SELECT d.id FROM achievement_due d WHERE are_days_counted(d.board_id, d.tx)
                ORDER BY d.id LIMIT 500 FOR UPDATE SKIP LOCKED)
            RETURNING board_id, player_id""";

    private static final int MAX_STEPS = 200;

    private final Sql sql;
    private final JobLog log;
    private final Targets targets;
    private final Awards awards;

    DueAwards(Sql sql, JobLog log, Targets targets, Awards awards) {
        this.sql = sql;
        this.log = log;
        this.targets = targets;
        this.awards = awards;
    }

    @Scheduled(identity = "achievement-due", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return log.run(
                "achievement-due",
                Multi.createBy()
                        .repeating()
                        .uni(() -> sql.inTransaction(this::step))
                        .whilst(rows -> rows > 0)
                        .select()
                        .first(MAX_STEPS)
                        .collect()
                        .with(Collectors.summingLong(Long::longValue)));
    }

    private Uni<Long> step(Statements transaction) {
        return transaction
                .run(TAKE)
                .call(rows -> decide(players(rows), transaction))
                .map(rows -> (long) rows.size());
    }

    private static Map<Integer, Set<String>> players(RowSet<Row> rows) {
        Map<Integer, Set<String>> players = new HashMap<>();
        rows.forEach(row -> players.computeIfAbsent(row.getInteger(0), any -> new HashSet<>())
                .add(row.getString(1)));
        return players;
    }

    private Uni<Void> decide(Map<Integer, Set<String>> players, Statements transaction) {
        if (players.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return targets.on(players.keySet(), transaction)
                .call(found -> awards.lock(players, found, transaction))
                .chain(found -> Multi.createFrom()
                        .iterable(found.entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(
                                one -> awards.decideAnew(one.getValue(), players.get(one.getKey()), transaction)
                                        .chain(() -> targets.order(
                                                one.getValue().stream()
                                                        .filter(Target::frozen)
                                                        .toList(),
                                                transaction)))
                        .collect()
                        .last());
    }
}
