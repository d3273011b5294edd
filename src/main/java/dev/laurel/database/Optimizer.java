package dev.laurel.database;

import dev.laurel.database.Step.State;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.jboss.logging.Logger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Improves the database, one step after the other. All of it happens on a thread of its own, since it may take long, and in
 * one process at a time.
 */
@Startup
@ApplicationScoped
public class Optimizer {
    private static final Logger LOG = Logger.getLogger(Optimizer.class);

    private final DatabaseReads reads;
    private final IndexCatalog catalog;
    private final Instance<DataSource> database;
    private final OptimizerConfig config;
    private final Cache state;
    private final MeterRegistry meters;
    private volatile OptimizerSession present;
    private volatile boolean ending;

    Optimizer(
            DatabaseReads reads,
            IndexCatalog catalog,
            Instance<DataSource> database,
            OptimizerConfig config,
            @CacheName(DatabaseReads.STATE) Cache state,
            MeterRegistry meters) {
        this.reads = reads;
        this.catalog = catalog;
        this.database = database;
        this.config = config;
        this.state = state;
        this.meters = meters;
        for (Action action : Action.values()) {
            count(action, State.DONE, 0);
        }
    }

    private void count(Action action, State state, int steps) {
        meters.counter(
                        Meters.OPTIMIZER_STEPS,
                        "action",
                        action.name().toLowerCase(Locale.ROOT),
                        "state",
                        state.name().toLowerCase(Locale.ROOT))
                .increment(steps);
    }

    /**
     * What would be done; changes nothing.
     *
     * @return fails with {@link InvalidInput} naming what must not be done, and with {@link Unavailable} without PostgreSQL
     */
    public Uni<List<Step>> plan(OptimizeOrder order) {
        return reads.indexes().chain(indexes -> reads.tables().chain(tables -> reads.partitions()
                .map(partitions -> new OptimizationPlan(catalog, indexes, tables, partitions).steps(order))));
    }

    /**
     * Does planned steps. It does not depend on its caller.
     *
     * @param begun called once nothing can refuse it any more
     * @param progress called with all steps whenever one has begun or ended, on a thread that it may block
     * @return the steps with what became of them; fails with {@link Conflict} while any process does so, and with
     *     {@link Unavailable} when there is no connection
     */
    public Uni<List<Step>> run(List<Step> steps, Runnable begun, Consumer<List<Step>> progress) {
        CompletableFuture<List<Step>> result = new CompletableFuture<>();
        Thread worker = new Thread(() -> work(steps, begun, progress, result), "database-optimizer");
        worker.setDaemon(true);
        worker.start();
        return Contexts.await(result).call(state::invalidateAll);
    }

    private void work(
            List<Step> steps, Runnable begun, Consumer<List<Step>> progress, CompletableFuture<List<Step>> result) {
        try {
            // The session has ended by then, so that the next one can begin.
            result.complete(inSession(steps, begun, progress));
        } catch (SQLException e) {
            result.completeExceptionally(Unavailable.store("PostgreSQL", e));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private List<Step> inSession(List<Step> steps, Runnable begun, Consumer<List<Step>> progress) throws SQLException {
        try (OptimizerSession session = OptimizerSession.open(database.get())) {
            if (session == null) {
                throw new Conflict("A process is optimizing the database already");
            }
            present = session;
            begun.run();
            return all(session, steps, progress);
        } finally {
            present = null;
        }
    }

    private List<Step> all(OptimizerSession session, List<Step> steps, Consumer<List<Step>> progress) {
        long began = System.nanoTime();
        List<Step> now = new ArrayList<>(steps);
        boolean alive = true;
        for (int i = 0; i < now.size(); i++) {
            Duration left = config.optimizeFor().minusNanos(System.nanoTime() - began);
            if (!alive || ending || left.isNegative()) {
                now.set(i, now.get(i).ended(State.SKIPPED, null, reason(alive)));
                continue;
            }
            now.set(i, now.get(i).ended(State.RUNNING, null, null));
            progress.accept(List.copyOf(now));
            now.set(i, one(session, now.get(i), left));
            alive = now.get(i).state() == State.DONE || session.isAlive();
            progress.accept(List.copyOf(now));
        }
        return List.copyOf(now);
    }

    private String reason(boolean alive) {
        if (ending) {
            return "the service is shutting down";
        }
        return alive ? "no time was left (laurel.database.optimize-for)" : "PostgreSQL is unavailable";
    }

    private Step one(OptimizerSession session, Step step, Duration left) {
        long began = System.nanoTime();
        Step ended;
        try {
            for (String statement : step.statements()) {
                session.execute(statement, left.minusNanos(System.nanoTime() - began));
            }
            ended = verified(session, step, began);
        } catch (SQLException e) {
            ended = step.ended(State.FAILED, since(began), e.getMessage());
        }
        LOG.infof(
                "Database: %s %s is %s after %d ms%s",
                step.action(),
                step.object(),
                ended.state(),
                ended.took().toMillis(),
                ended.state() == State.FAILED ? ": " + ended.detail() : "");
        count(step.action(), ended.state(), 1);
        return ended;
    }

    /** A statement that ends well may leave an index that cannot be used. */
    private static Step verified(OptimizerSession session, Step step, long began) throws SQLException {
        if (step.action() != Action.CREATE_INDEX && step.action() != Action.REBUILD_INDEX) {
            return step.ended(State.DONE, since(began), null);
        }
        return session.isValid(step.object())
                ? step.ended(State.DONE, since(began), "verified: it is there and valid")
                : step.ended(State.FAILED, since(began), "it is not valid afterwards");
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void end(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        ending = true;
        OptimizerSession running = present;
        if (running != null) {
            running.cancel();
        }
    }
}
