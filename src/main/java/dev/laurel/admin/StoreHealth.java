package dev.laurel.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.RedisLinks;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.util.stream.Collectors;

/** Probes the health of both stores. */
@ApplicationScoped
public class StoreHealth {
    /** Shorter than for a request: a health probe runs every few seconds, with a timeout of one. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final Sql sql;
    private final RedisLinks redis;
    private final StoreMeters meters;

    StoreHealth(Sql sql, RedisLinks redis, StoreMeters meters) {
        this.sql = sql;
        this.redis = redis;
        this.meters = meters;
    }

    /** Never fails: an unavailable store is reported as such. */
    public Uni<Postgres> postgres() {
        return sql.run("SELECT current_setting('server_version'), pg_database_size(current_database())")
                .map(rows -> rows.iterator().next())
                .map(row -> new Postgres(true, row.getString(0), row.getLong(1)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(new Postgres(false, null, null))
                .invoke(meters::found);
    }

    /** Never fails: an unavailable store is reported as such. */
    public Uni<Redis> redis() {
        return redis.sendToAll(Request.cmd(Command.INFO))
                .map(servers -> servers.stream().map(Response::toString).toList())
                .map(servers -> new Redis(
                        true,
                        field(servers.get(0), "redis_version"),
                        servers.stream()
                                .mapToLong(info -> Long.parseLong(field(info, "used_memory")))
                                .sum(),
                        servers.stream().map(info -> field(info, "run_id")).collect(Collectors.joining(" "))))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(new Redis(false, null, null, null))
                .invoke(meters::found);
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("0");
    }

    /** The state reported by PostgreSQL. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Postgres(
            boolean healthy, @Schema(nullable = true) String version, Long databaseBytes) {}

    /**
     * The state reported by Redis; for a cluster that of all masters.
     *
     * @param healthy when all of them respond
     * @param usedMemoryBytes total over all of them
     * @param life identifies the run of the process, or of each process: what was loaded under another one is not
     *     read
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Redis(
            boolean healthy,
            @Schema(nullable = true) String version,
            Long usedMemoryBytes,
            @JsonIgnore String life) {}
}
