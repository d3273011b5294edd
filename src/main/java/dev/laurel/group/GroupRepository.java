package dev.laurel.group;

import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import java.util.List;

/** The rows of groups; to be used within a session. */
@ApplicationScoped
class GroupRepository implements PanacheRepositoryBase<GroupEntity, Long> {
    private static final String BY_KEY = "tenant = ?1 and kind = ?2 and groupId = ?3";

    private static final String OF_KIND = "tenant = ?1 and kind = ?2";

    /** The row of a group; null when there is none. */
    Uni<GroupEntity> row(GroupKey key) {
        return find(BY_KEY, key.tenant().id(), key.kind(), key.id()).firstResult();
    }

    /** As {@link #row}; other writers of it wait for the end of this transaction. */
    Uni<GroupEntity> rowToChange(GroupKey key) {
        return find(BY_KEY, key.tenant().id(), key.kind(), key.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<List<GroupEntity>> page(Tenant tenant, String kind, PageRequest page) {
        return find(OF_KIND, Sort.by("groupId"), tenant.id(), kind)
                .page(Page.of(page.page() - 1, page.limit()))
                .list();
    }

    Uni<Long> count(Tenant tenant, String kind) {
        return count(OF_KIND, tenant.id(), kind);
    }
}
