package dev.laurel.access.key;

import dev.laurel.platform.postgres.Sessions;
import dev.laurel.shared.Consequence;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The keys of a tenant, for those who administer them. */
@ApplicationScoped
public class Keys {
    /** How long a key that can no longer be used is still listed. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Sessions sessions;
    private final KeyRepository rows;
    private final KeyChanges changes;
    private final KeyConfig config;
    private final Clock clock;

    /** Not static: a native program would have the state of the machine on which it was built. */
    private final SecureRandom random = new SecureRandom();

    Keys(Sessions sessions, KeyRepository rows, KeyChanges changes, KeyConfig config, Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Makes a key.
     *
     * @return with its secret, which nobody can find out again; fails with {@link Conflict} when the tenant has too many
     */
    public Uni<Created> create(NewKey order) {
        Instant now = now();
        order.requireFuture(now);
        String secret = Secret.random(random);
        return sessions.inTransaction(() -> add(order, secret, now)).map(created -> new Created(created, secret));
    }

    /**
     * Makes a key whose secret was made elsewhere, unless there is one with it: for jobs that may run twice.
     *
     * @return fails with {@link InvalidInput} when it has not the form of a key, with {@link Conflict} as {@link #create} does
     */
    public Uni<ApiKey> register(NewKey order, String secret) {
        if (!Secret.isOne(secret)) {
            throw new InvalidInput("key", "must be " + Secret.PREFIX + " and 64 hexadecimal digits in lower case");
        }
        return sessions.inTransaction(
                () -> rows.row(secret).chain(found -> found == null ? add(order, secret, now()) : usable(found.key())));
    }

    private Uni<ApiKey> usable(ApiKey key) {
        return key.isValid(now())
                ? Uni.createFrom().item(key)
                : Uni.createFrom().failure(new Conflict("This key was revoked or has expired: make another one"));
    }

    private Uni<ApiKey> add(NewKey order, String secret, Instant now) {
        KeyEntity row = new KeyEntity(Secret.randomId(random), Secret.digest(secret, order.tenant()), order, now);
        return rows.removeExpiredBefore(now.minus(KEPT))
                .chain(removed -> rows.count(order.tenant(), now.minus(KEPT)))
                .invoke(this::requireRoom)
                .chain(count -> rows.persistAndFlush(row))
                .map(KeyEntity::key);
    }

    private void requireRoom(long count) {
        if (count >= config.most()) {
            throw new Conflict("There are " + count + " keys, and no more are allowed; revoked ones count for "
                    + KEPT.toDays() + " days");
        }
    }

    /** The keys of a tenant in the order in which they were made, those that can no longer be used included. */
    public Uni<PageResult<ApiKey>> list(Tenant tenant, PageRequest page) {
        return sessions.reading(() -> rows.count(tenant).chain(total -> rows.page(tenant, page)
                .map(found ->
                        new PageResult<>(found.stream().map(KeyEntity::key).toList(), total))));
    }

    /**
     * Revokes a key: this process refuses it from now on, every other one within a second.
     *
     * @param confirmed also if no other key of the tenant may administer everything
     * @return fails with {@link NotFound} when there is none, with {@link ConfirmationRequired} when it is the last such key and
     *     that is not confirmed; revoking it again changes nothing
     */
    public Uni<ApiKey> revoke(Tenant tenant, String id, boolean confirmed) {
        return sessions.inTransaction(() -> rows.administrators(tenant, now())
                        .invoke(found -> requireAnother(found, tenant, id, confirmed))
                        .chain(ignored -> rows.rowToChange(tenant, id))
                        .onItem()
                        .ifNull()
                        .failWith(() -> new NotFound("There is no such key"))
                        .invoke(found -> found.revoke(now()))
                        .call(rows::flush)
                        .map(KeyEntity::key))
                .onTermination()
                .invoke(() -> changes.revoked(id));
    }

    private static void requireAnother(List<KeyEntity> administrators, Tenant tenant, String id, boolean confirmed) {
        if (!confirmed
                && administrators.size() == 1
                && administrators.get(0).id().equals(id)) {
            throw new ConfirmationRequired(List.of(new Consequence(
                    "scopes",
                    "1 key with the scope admin for all boards",
                    null,
                    "No key of the tenant could administer it, or make another one. "
                            + (tenant.equals(Tenant.DEFAULT)
                                    ? "On the machine of the service, laurel keys create --admin --direct does"
                                    : "An administrator of the tenant default can"))));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A key that has just been made.
     *
     * @param secret what its owner sends
     */
    public record Created(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }
}
