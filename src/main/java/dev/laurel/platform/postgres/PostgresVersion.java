package dev.laurel.platform.postgres;

import dev.laurel.platform.lifecycle.StartRefused;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Refuses to start on a PostgreSQL that lacks what the statements need. */
@ApplicationScoped
class PostgresVersion {
    /** The first version with OLD and NEW in RETURNING. */
    private static final int OLDEST = 180_000;

    private final Sql sql;

    PostgresVersion(Sql sql) {
        this.sql = sql;
    }

    /** Fails with what ends the start if the server is too old. */
    Uni<Void> require() {
        return sql.runForJob("SELECT current_setting('server_version_num')::int")
                .map(rows -> rows.iterator().next().getInteger(0))
                .invoke(PostgresVersion::refuseIfTooOld)
                .replaceWithVoid();
    }

    static void refuseIfTooOld(int version) {
        if (version < OLDEST) {
            throw StartRefused.because(
                    "Laurel needs PostgreSQL 18 or newer; the configured server is version " + version / 10_000);
        }
    }
}
