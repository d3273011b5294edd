package dev.laurel.player;

import dev.laurel.access.tenant.PlayerRoom;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import org.hibernate.reactive.mutiny.Mutiny.SelectionQuery;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds rows of players. Every call belongs to the session of its chain ({@code platform.postgres.Sessions}). */
@ApplicationScoped
class PlayerRepository implements PanacheRepositoryBase<PlayerEntity, Long> {
    private static final String BY_KEY = "tenant = ?1 and playerId = ?2";

    private static final String MATCHING = " from player p where p.tenant_id = :tenant";

    /** Requires a word of the player with a given prefix; the parameter names end in the index of the prefix. */
    private static final String HAS_WORD = " and exists (select from player_word w where w.tenant_id = :tenant"
            + " and w.player = p.number and w.word >= :word%1$d and w.word < :end%1$d)";

    // The id, which is unique, makes the order total, so that no player is on two pages or on none.
    private static final String IN_ORDER = " order by p.words, p.id";

    /** Sorts after every word with the prefix. */
    private static final String END = Character.toString(Character.MAX_CODE_POINT);

    private final PlayerRoom room;

    PlayerRepository(PlayerRoom room) {
        this.room = room;
    }

    /** Adds the row of a player; fails when the tenant has as many as it may. */
    Uni<PlayerEntity> add(PlayerKey key, PlayerProfile profile, Instant now) {
        room.requireRecords(key.tenant());
        return persistAndFlush(new PlayerEntity(key, profile, now));
    }

    /** The row of a player; null when there is none. */
    Uni<PlayerEntity> row(PlayerKey key) {
        return find(BY_KEY, key.tenant().id(), key.id()).firstResult();
    }

    /** The rows of those of the given players who have one. */
    Uni<List<PlayerEntity>> rows(Tenant tenant, List<String> playerIds) {
        return list("tenant = ?1 and playerId in ?2", tenant.id(), playerIds);
    }

    /** As {@link #row}; other writers of it wait for the end of this transaction. */
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

    /** The number of players whose words match each of the given prefixes. */
    Uni<Long> countMatching(Tenant tenant, List<String> sought) {
        return getSession().chain(session -> asked(
                        session.createNativeQuery("select count(*)" + matching(sought), Long.class), tenant, sought)
                .getSingleResult());
    }

    /** A page of these players, ordered by name. */
    Uni<List<PlayerEntity>> matching(Tenant tenant, List<String> sought, PageRequest page) {
        return getSession()
                .chain(session -> asked(
                                session.createNativeQuery("select p.number" + matching(sought) + IN_ORDER, Long.class),
                                tenant,
                                sought)
                        .setFirstResult((int) page.offset())
                        .setMaxResults(page.limit())
                        .getResultList())
                .chain(this::inOrder);
    }

    private static String matching(List<String> sought) {
        return MATCHING
                + IntStream.range(0, sought.size())
                        .mapToObj(HAS_WORD::formatted)
                        .collect(Collectors.joining());
    }

    private static <T> SelectionQuery<T> asked(SelectionQuery<T> query, Tenant tenant, List<String> sought) {
        query.setParameter("tenant", tenant.id());
        for (int i = 0; i < sought.size(); i++) {
            query.setParameter("word" + i, sought.get(i)).setParameter("end" + i, sought.get(i) + END);
        }
        return query;
    }

    private Uni<List<PlayerEntity>> inOrder(List<Long> numbers) {
        return numbers.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list("number in ?1", Sort.by("words").and("playerId"), numbers);
    }
}
