package dev.laurel.player;

import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import java.util.List;

/** Finds rows of players. Every call belongs to the session of its chain ({@code platform.postgres.Sessions}). */
@ApplicationScoped
class PlayerRepository implements PanacheRepositoryBase<PlayerEntity, Long> {
    private static final String BY_KEY = "tenant = ?1 and playerId = ?2";

    private static final String MATCHING =
            " from player where tenant_id = :tenant and lexemes @@ cast(:sought as tsquery)";

    private static final String COUNT = "select count(*)" + MATCHING;

    // The id, of which there are no two, makes the order total, so that no player is on two pages or none.
    private static final String NUMBERS = "select number" + MATCHING + " order by words, id";

    /** The row of a player; null when there is none. */
    Uni<PlayerEntity> row(PlayerKey key) {
        return find(BY_KEY, key.tenant().id(), key.id()).firstResult();
    }

    /** As {@link #row}; others who want to change it wait for the end of this transaction. */
    Uni<PlayerEntity> rowToChange(PlayerKey key) {
        return find(BY_KEY, key.tenant().id(), key.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<List<PlayerEntity>> byUsername(Tenant tenant, String username) {
        return list("tenant = ?1 and username = ?2", tenant.id(), username);
    }

    Uni<List<PlayerEntity>> page(Tenant tenant, PageRequest page) {
        return find("tenant = ?1", Sort.by("playerId"), tenant.id())
                .page(Page.of(page.page() - 1, page.limit()))
                .list();
    }

    Uni<Long> count(Tenant tenant) {
        return count("tenant = ?1", tenant.id());
    }

    /** How many players a search finds. */
    Uni<Long> countMatching(Tenant tenant, String sought) {
        return getSession().chain(session -> session.createNativeQuery(COUNT, Long.class)
                .setParameter("tenant", tenant.id())
                .setParameter("sought", sought)
                .getSingleResult());
    }

    /** A page of the players that a search finds, in the order of their names. */
    Uni<List<PlayerEntity>> matching(Tenant tenant, String sought, PageRequest page) {
        return getSession()
                .chain(session -> session.createNativeQuery(NUMBERS, Long.class)
                        .setParameter("tenant", tenant.id())
                        .setParameter("sought", sought)
                        .setFirstResult((int) page.offset())
                        .setMaxResults(page.limit())
                        .getResultList())
                .chain(this::inOrder);
    }

    private Uni<List<PlayerEntity>> inOrder(List<Long> numbers) {
        return numbers.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list("number in ?1", Sort.by("words").and("playerId"), numbers);
    }
}
