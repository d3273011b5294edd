package dev.laurel.achievement.award;

import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the achievements that something on a board may decide, and asks for a look at all players. */
@ApplicationScoped
class Targets {
    private static final String ON_BOARDS = "SELECT " + Target.COLUMNS + """
            , b.id FROM board b
            JOIN achievement a ON a.tenant_id = b.tenant_id AND a.deleted_at IS NULL AND (
                a.boards ? b.name
                OR a.measures ? 'CHALLENGES' AND EXISTS (
                    SELECT FROM challenge c WHERE c.tenant_id = b.tenant_id AND c.board = b.name AND c.deleted_at IS NULL))
            WHERE b.id = ANY($2) AND b.deleted_at IS NULL
            ORDER BY a.number""";

    /** One order is enough, however often it is given before it is taken. */
    private static final String ORDER = """
            INSERT INTO achievement_order (tenant_id, achievement)
            SELECT a.tenant_id, a.number FROM achievement a
            WHERE a.number = ANY($1) AND NOT EXISTS (SELECT FROM achievement_order o WHERE o.achievement = a.number)
            ORDER BY a.number""";

    private final Clock clock;

    Targets(Clock clock) {
        this.clock = clock;
    }

    /** The achievements of some boards, by the number of the board. */
    Uni<Map<Integer, List<Target>>> on(Collection<Integer> boards, Statements transaction) {
        return transaction
                .run(ON_BOARDS, now(), boards.stream().distinct().toArray(Integer[]::new))
                .map(rows -> {
                    Map<Integer, List<Target>> found = new HashMap<>();
                    for (Row row : rows) {
                        found.computeIfAbsent(row.getInteger(10), any -> new ArrayList<>())
                                .add(Target.of(row));
                    }
                    return found;
                });
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Asks that all players are looked at for some achievements, once none of their boards is frozen. */
    Uni<Void> order(List<Target> targets, Statements transaction) {
        return targets.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .run(ORDER, (Object)
                                targets.stream().map(Target::number).toArray(Integer[]::new))
                        .replaceWithVoid();
    }
}
