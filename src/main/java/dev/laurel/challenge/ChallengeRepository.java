package dev.laurel.challenge;

import dev.laurel.correction.Decision;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Finds rows of challenges. Every call belongs to the session of its chain ({@code platform.postgres.Sessions}). */
@ApplicationScoped
class ChallengeRepository implements PanacheRepositoryBase<ChallengeEntity, Integer> {
    private static final String LIVING = "tenant = ?1 and deletedAt is null";
    private static final String BY_KEY = LIVING + " and challengeId = ?2";

    /** Submissions hold this lock together; see {@code record_submissions}. */
    private static final String ALONE = "select true from pg_advisory_xact_lock(80, :challenge)";

    private static final String SUBMITTED =
            "select exists (select from submission s where s.challenge = :challenge and s.withdrawn_at is null)";
    private static final String FORGET = "select true from forget_challenge(:challenge)";
    private static final String REVALUE =
            "select order_revaluation(cast(:tenant as smallint), :challenge, :variant, :points, :reason, :author, :at)";

    /** The row of a challenge; null when there is none. */
    Uni<ChallengeEntity> row(ChallengeKey key) {
        return find(BY_KEY, key.tenant().id(), key.id()).firstResult();
    }

    /** As {@link #row}; other writers of it wait for the end of this transaction. */
    Uni<ChallengeEntity> rowToChange(ChallengeKey key) {
        return find(BY_KEY, key.tenant().id(), key.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<List<ChallengeEntity>> page(Tenant tenant, PageRequest page) {
        return find(LIVING, Sort.by("challengeId"), tenant.id())
                .page(Page.of(page.page() - 1, page.limit()))
                .list();
    }

    Uni<Long> count(Tenant tenant) {
        return count(LIVING, tenant.id());
    }

    /** Waits for the submissions in progress; new ones wait for the end of this transaction. */
    Uni<Boolean> hasSubmissions(int challenge) {
        return single(ALONE, query -> query.setParameter("challenge", challenge))
                .chain(() -> single(SUBMITTED, query -> query.setParameter("challenge", challenge)));
    }

    /** Forgets who has cleared a challenge. */
    Uni<Boolean> forget(int challenge) {
        return single(FORGET, query -> query.setParameter("challenge", challenge));
    }

    private Uni<Boolean> single(String statement, Function<SelectionQuery<Boolean>, SelectionQuery<Boolean>> asked) {
        return getSession().chain(session -> asked.apply(session.createNativeQuery(statement, Boolean.class))
                .getSingleResult());
    }

    /** Orders that those who have cleared a variant get its new points, too. */
    Uni<Long> revalue(Challenge challenge, String variant, int points, Revaluation ordered) {
        return getSession().chain(session -> session.createNativeQuery(REVALUE, Long.class)
                .setParameter("tenant", challenge.key().tenant().id())
                .setParameter("challenge", challenge.number())
                .setParameter("variant", variant)
                .setParameter("points", points)
                .setParameter("reason", ordered.decision().reason())
                .setParameter("author", ordered.decision().author())
                .setParameter("at", ordered.at().atOffset(ZoneOffset.UTC))
                .getSingleResult());
    }

    /** An order to change the points of those who have cleared variants before. */
    record Revaluation(Decision decision, Instant at) {}
}
