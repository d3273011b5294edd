package dev.laurel.achievement;

import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import java.util.List;

/** Finds rows of achievements. Every call belongs to the session of its chain ({@code platform.postgres.Sessions}). */
@ApplicationScoped
class AchievementRepository implements PanacheRepositoryBase<AchievementEntity, Integer> {
    private static final String LIVING = "tenant = ?1 and deletedAt is null";
    private static final String LISTED = LIVING + " and (secret = false or ?2 = true)";
    private static final String BY_KEY = LIVING + " and achievementId = ?2";

    /** The row of an achievement; null when there is none. */
    Uni<AchievementEntity> row(AchievementKey key) {
        return find(BY_KEY, key.tenant().id(), key.id()).firstResult();
    }

    /** As {@link #row}; other writers of it wait for the end of this transaction. */
    Uni<AchievementEntity> rowToChange(AchievementKey key) {
        return find(BY_KEY, key.tenant().id(), key.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** @param secret whether secret ones are included */
    Uni<List<AchievementEntity>> page(Tenant tenant, boolean secret, PageRequest page) {
        return find(LISTED, Sort.by("achievementId"), tenant.id(), secret)
                .page(Page.of(page.page() - 1, page.limit()))
                .list();
    }

    /** As {@link #page}. */
    Uni<Long> count(Tenant tenant, boolean secret) {
        return count(LISTED, tenant.id(), secret);
    }
}
