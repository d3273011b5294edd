package dev.laurel.access.key;

import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The rows of keys; to be used within a session. */
@ApplicationScoped
class KeyRepository implements PanacheRepositoryBase<KeyEntity, Long> {
    private static final String OF_TENANT = "tenant = ?1";

    /** The row of a secret, of whatever tenant; null when there is none. */
    Uni<KeyEntity> row(String secret) {
        return find(
                        "secret = ?1 and tenant = ?3 or secret = ?2 and tenant <> ?3",
                        Secret.digest(secret).bytes(),
                        Secret.digestOfOthers(secret).bytes(),
                        Tenant.DEFAULT.id())
                .firstResult();
    }

    /** The row of a key of a tenant, which others wait for who are about to change it; null when there is none. */
    Uni<KeyEntity> rowToChange(Tenant tenant, String id) {
        return find("tenant = ?1 and keyId = ?2", tenant.id(), id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /**
     * The first two keys of a tenant that can be used now and may administer everything, which others wait for who are about to change
     * one of them.
     */
    Uni<List<KeyEntity>> administrators(Tenant tenant, Instant now) {
        return find(
                        OF_TENANT + " and revokedAt is null and (expiresAt is null or expiresAt > ?2) and boards = ''"
                                + " and concat(',', scopes, ',') like '%,admin,%'",
                        Sort.by("number"),
                        tenant.id(),
                        now)
                .page(Page.ofSize(2))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    Uni<List<KeyEntity>> page(Tenant tenant, PageRequest page) {
        return find(OF_TENANT, Sort.by("number"), tenant.id())
                .page(Page.of(page.page() - 1, page.limit()))
                .list();
    }

    Uni<Long> count(Tenant tenant) {
        return count(OF_TENANT, tenant.id());
    }

    /** Without those that were revoked before an instant. */
    Uni<Long> count(Tenant tenant, Instant revokedSince) {
        return count(OF_TENANT + " and (revokedAt is null or revokedAt >= ?2)", tenant.id(), revokedSince);
    }

    /**
     * Removes keys that expired before an instant. Revoked ones stay for ever, so that nobody can register one of them again.
     */
    Uni<Long> removeExpiredBefore(Instant before) {
        return delete("revokedAt is null and expiresAt < ?1", before);
    }

    /** The keys that were revoked since an instant. */
    Uni<List<KeyEntity>> revokedSince(Instant since, int most) {
        return find("revokedAt >= ?1", Sort.by("revokedAt").descending(), since)
                .page(Page.ofSize(most))
                .list();
    }

    Uni<List<KeyEntity>> rows(Collection<Long> numbers) {
        return find("number in ?1", numbers).list();
    }

    /** Notes the use of keys. */
    Uni<Integer> used(Collection<Long> numbers, Instant at) {
        return update("lastUsedAt = ?1 where number in ?2", at, numbers);
    }
}
