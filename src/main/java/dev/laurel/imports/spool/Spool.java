package dev.laurel.imports.spool;

import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.QuotaExceeded;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.Function;

/** Uploaded files in PostgreSQL, in pieces. A file that was not completed is removed after a while. */
@ApplicationScoped
public class Spool {
    /** Size of a piece, in bytes: what an upload holds in memory. */
    public static final int PIECE = 1 << 20;

    private static final String BEGIN = "INSERT INTO import_file (id, tenant_id) VALUES ($1, $2)";

    /** As {@link #BEGIN}, while the files that are kept, and this one, are not more than so many bytes. */
    private static final String BEGIN_WITHIN = """
            INSERT INTO import_file (id, tenant_id) SELECT $1, $2
            WHERE (SELECT coalesce(sum(f.bytes), 0) FROM import_file f WHERE f.tenant_id = $2) + $3 <= $4""";

    private static final String APPEND = "INSERT INTO import_piece (file, piece, data) VALUES ($1, $2, $3)";
    private static final String COMPLETE = "UPDATE import_file SET bytes = $2, sha256 = $3 WHERE id = $1";
    /** As {@link #COMPLETE}, while that is not more than so many bytes: others may have begun at the same time. */
    private static final String COMPLETE_WITHIN =
            COMPLETE + " AND (SELECT coalesce(sum(f.bytes), 0) FROM import_file f WHERE f.tenant_id = $4) + $2 <= $5";

    private static final String DISCARD = "DELETE FROM import_file WHERE id = $1";
    private static final String READ = "SELECT data FROM import_piece WHERE file = $1 AND piece = $2";
    private static final String SIZE = "SELECT bytes FROM import_file WHERE id = $1 AND bytes IS NOT NULL";

    private final Sql sql;
    private final TenantRegistry tenants;

    Spool(Sql sql, TenantRegistry tenants) {
        this.sql = sql;
        this.tenants = tenants;
    }

    /**
     * Begins a file.
     *
     * @param announced its size in bytes; 0 where that is not known
     * @return fails with {@link QuotaExceeded} when the tenant may not have it
     */
    public Uni<UUID> begin(Tenant tenant, long announced) {
        UUID file = UUID.randomUUID();
        Long most = tenants.quotas(tenant).uploadBytes();
        return most == null
                ? sql.run(BEGIN, file, tenant.id()).replaceWith(file)
                : sql.run(BEGIN_WITHIN, file, tenant.id(), announced, most)
                        .invoke(rows -> {
                            if (rows.rowCount() == 0) {
                                throw exceeded(most);
                            }
                        })
                        .replaceWith(file);
    }

    /** Adds a piece, of {@link #PIECE} bytes but for the last one. */
    public Uni<Void> append(UUID file, int piece, Buffer data) {
        return sql.runForJob(APPEND, file, piece, data.getDelegate()).replaceWithVoid();
    }

    /**
     * Declares a file complete: from here on it can be read.
     *
     * @return fails with {@link QuotaExceeded} when the tenant may not have it
     */
    public Uni<Void> complete(Tenant tenant, UUID file, long bytes, byte[] sha256) {
        Long most = tenants.quotas(tenant).uploadBytes();
        Object digest = Buffer.buffer(sha256).getDelegate();
        return (most == null
                        ? sql.run(COMPLETE, file, bytes, digest)
                        : sql.run(COMPLETE_WITHIN, file, bytes, digest, tenant.id(), most))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw most == null
                                ? Unavailable.overloaded("The upload has been removed meanwhile")
                                : exceeded(most);
                    }
                })
                .replaceWithVoid();
    }

    private static QuotaExceeded exceeded(long most) {
        return new QuotaExceeded("The tenant may have " + most
                + " bytes of uploaded files, which are kept for a while after their import");
    }

    /** Removes a file. */
    public Uni<Void> discard(UUID file) {
        return sql.run(DISCARD, file).replaceWithVoid();
    }

    /**
     * Reads a file, piece by piece.
     *
     * @param work on a piece; the next one is read once it has ended
     * @return its size in bytes; fails with {@link NotFound} when it is not kept any more
     */
    public Uni<Long> read(UUID file, Function<Buffer, Uni<Void>> work) {
        return sql.run(SIZE, file)
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLong(0))
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("The file is no longer kept"))
                .call(bytes -> Multi.createFrom()
                        .range(0, (int) ((bytes + PIECE - 1) / PIECE))
                        .onItem()
                        .transformToUniAndConcatenate(piece -> sql.runForJob(READ, file, piece)
                                .chain(rows -> work.apply(rows.iterator().next().getBuffer(0))))
                        .collect()
                        .last());
    }
}
