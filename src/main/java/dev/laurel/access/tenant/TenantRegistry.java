package dev.laurel.access.tenant;

import dev.laurel.access.Caller;
import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.platform.lifecycle.DatabaseReplaced;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.tenant.VisibleRows;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All tenants, in the memory of every process: a request asks nobody about its tenant. A process learns of a change by a notice
 * through Redis, and within a second from PostgreSQL when that is lost.
 */
@ApplicationScoped
public class TenantRegistry {
    private static final Logger LOG = Logger.getLogger(TenantRegistry.class);
    private static final String TOPIC = "tenant";
    private static final int START_RETRIES = 5;

    private final TenantTable table;
    private final ChangeBroadcast broadcast;
    private volatile Snapshot known = Snapshot.EMPTY;

    TenantRegistry(TenantTable table, ChangeBroadcast broadcast) {
        this.table = table;
        this.broadcast = broadcast;
        broadcast.listen(TOPIC, fields -> reload().subscribe().with(ignored -> {}, TenantRegistry::failed));
    }

    // Blocks the main thread before any request is accepted.
    void begin(@Observes @Priority(StartOrder.CONTENT) StartupEvent event) {
        MainThread.await(() -> reload()
                // A cold process on a busy machine may need longer than a request is allowed to wait.
                .onFailure(Unavailable.class)
                .retry()
                .atMost(START_RETRIES));
    }

    void replaced(@Observes DatabaseReplaced event) {
        forgetVersion();
        reload().subscribe().with(ignored -> {}, TenantRegistry::failed);
    }

    @Scheduled(identity = "tenants", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return table.version()
                .chain(version -> version == known.version ? Uni.createFrom().voidItem() : reload())
                .onFailure()
                .invoke(TenantRegistry::failed)
                .onFailure()
                .recoverWithNull();
    }

    private static void failed(Throwable failure) {
        LOG.debugf("Tenants could not be looked up: %s", failure.getMessage());
    }

    /** The version is read first: what changes in between is found by the next look. */
    private Uni<Void> reload() {
        return table.version()
                .chain(version -> table.all().map(found -> Snapshot.of(version, found)))
                .invoke(this::learn)
                .replaceWithVoid();
    }

    /** Of two looks at the same time the one that began earlier may end later. */
    private synchronized void learn(Snapshot found) {
        if (found.version >= known.version) {
            known = found;
        }
    }

    private synchronized void forgetVersion() {
        known = new Snapshot(Snapshot.EMPTY.version, known.byName, known.byNumber);
    }

    /** This process has changed something. */
    Uni<Void> changed() {
        broadcast.tell(ChangeNotice.of(TOPIC));
        return reload();
    }

    /** The tenant of a name; empty when there is none, as far as this process knows. */
    public Optional<RegisteredTenant> named(String name) {
        return Optional.ofNullable(known.byName.get(name));
    }

    /** A tenant by its number; empty when it is not known here. */
    public Optional<RegisteredTenant> of(Tenant tenant) {
        return Optional.ofNullable(known.byNumber.get(tenant));
    }

    /** As {@link #of}, looked up where it is not known: it may have been registered a moment ago. */
    public Uni<Optional<RegisteredTenant>> find(Tenant tenant) {
        Optional<RegisteredTenant> here = of(tenant);
        return here.isPresent() ? Uni.createFrom().item(here) : reload().map(looked -> of(tenant));
    }

    /** Whether there is a tenant of this number, as far as this process knows. */
    public boolean isThere(Tenant tenant) {
        return tenant.isDefault() || known.byNumber.containsKey(tenant);
    }

    /** What a tenant may have. */
    public Quotas quotas(Tenant tenant) {
        RegisteredTenant found = known.byNumber.get(tenant);
        return found == null ? Quotas.NONE : found.definition().quotas();
    }

    /** Whether there are others than the one that exists from the first start. */
    public boolean areSeveral() {
        return known.byNumber.size() > 1;
    }

    /** All of them, in the order in which they were registered. */
    public List<RegisteredTenant> all() {
        return List.copyOf(known.byNumber.values());
    }

    /** Some of them, in that order. */
    public PageResult<RegisteredTenant> page(PageRequest page) {
        List<RegisteredTenant> items = known.byNumber.values().stream()
                .skip(page.offset())
                .limit(page.limit())
                .toList();
        return new PageResult<>(items, known.byNumber.size());
    }

    /**
     * Whose things a caller means that may name a tenant: its own, unless it is an operator of the service.
     *
     * @param name null for its own
     * @throws InvalidInput naming {@code tenant} when there is none of that name, as far as the caller may know
     */
    public Tenant meant(Caller caller, String name) {
        if (name == null || name.equals(caller.tenantName())) {
            return caller.tenant();
        }
        if (!caller.isOperator()) {
            throw new InvalidInput("tenant", "must be " + caller.tenantName());
        }
        Tenant other = named(name)
                .orElseThrow(() -> new InvalidInput("tenant", "must be the name of a registered tenant"))
                .tenant();
        VisibleRows.showAlso(other);
        return other;
    }

    /** The failure that says that there is no such tenant. */
    static NotFound unknown() {
        return new NotFound("There is no tenant of that name");
    }

    private record Snapshot(
            long version, Map<String, RegisteredTenant> byName, Map<Tenant, RegisteredTenant> byNumber) {
        static final Snapshot EMPTY = new Snapshot(-1, Map.of(), Map.of());

        static Snapshot of(long version, List<RegisteredTenant> found) {
            Map<Tenant, RegisteredTenant> byNumber = new LinkedHashMap<>();
            found.forEach(tenant -> byNumber.put(tenant.tenant(), tenant));
            return new Snapshot(
                    version,
                    found.stream().collect(Collectors.toUnmodifiableMap(RegisteredTenant::name, tenant -> tenant)),
                    byNumber);
        }
    }
}
