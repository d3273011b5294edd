package dev.laurel.access.tenant;

import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.QuotaExceeded;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether tenants may have more boards. */
@ApplicationScoped
public class BoardRoom {
    /** The boards of a tenant that is limited are created one after the other. */
    private static final String LOCK = "SELECT FROM tenant WHERE id = $1 FOR NO KEY UPDATE";

    private static final String COUNT = "SELECT count(*) FROM board WHERE tenant_id = $1 AND deleted_at IS NULL";

    private final TenantRegistry tenants;

    BoardRoom(TenantRegistry tenants) {
        this.tenants = tenants;
    }

    /**
     * Requires that a tenant may have one board more, in the transaction that creates it.
     *
     * @return fails with {@link QuotaExceeded}
     */
    public Uni<Void> require(Statements transaction, Tenant tenant) {
        Integer most = tenants.quotas(tenant).boards();
        if (most == null) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .run(LOCK, tenant.id())
                .chain(() -> transaction.run(COUNT, tenant.id()))
                .invoke(rows -> {
                    if (rows.iterator().next().getLong(0) >= most) {
                        throw new QuotaExceeded("The tenant may have " + most + " boards, and has them");
                    }
                })
                .replaceWithVoid();
    }
}
