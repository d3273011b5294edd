package dev.laurel.admin;

import dev.laurel.cache.CacheDrops;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.correction.Decision;
import dev.laurel.database.Action;
import dev.laurel.database.OptimizeOrder;
import dev.laurel.database.Optimizer;
import dev.laurel.database.OptimizerConfig;
import dev.laurel.database.Step;
import dev.laurel.database.Step.State;
import dev.laurel.platform.async.Contexts;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Has the database optimized, and the caches cleared and warmed after it, with an entry in the log. */
@ApplicationScoped
public class DatabaseOptimization {
    private static final Logger LOG = Logger.getLogger(DatabaseOptimization.class);
    private static final String ACTION = "OPTIMIZE";
    private static final int WARMED_PLAYERS = 100;

    private final Optimizer optimizer;
    private final CacheDrops drops;
    private final CacheWarming warming;
    private final OperatorLog log;
    private final Clock clock;
    private final Duration answerAfter;
    private volatile Run latest;

    DatabaseOptimization(
            Optimizer optimizer,
            CacheDrops drops,
            CacheWarming warming,
            OperatorLog log,
            Clock clock,
            OptimizerConfig config) {
        this.optimizer = optimizer;
        this.drops = drops;
        this.warming = warming;
        this.log = log;
        this.clock = clock;
        this.answerAfter = config.answerAfter();
    }

    /** What would be done; changes nothing. Fails as {@link Optimizer#plan} does. */
    public Uni<Run> plan(Order order) {
        return steps(order).map(steps -> new Run(null, null, steps));
    }

    /**
     * Does it.
     *
     * @return how far it is when it has ended, or after a while, and then it goes on; fails as {@link Optimizer#run} does,
     *     and with {@link Unavailable} when it cannot be logged, before anything is done
     */
    public Uni<Run> run(Order order, Decision decision) {
        return steps(order)
                .call(steps -> log.record(ACTION, described(steps), decision))
                .chain(steps -> start(steps, decision));
    }

    /** The latest one that this process has begun. */
    public Optional<Run> latest() {
        return Optional.ofNullable(latest);
    }

    private Uni<List<Step>> steps(Order order) {
        return optimizer.plan(order.database()).map(steps -> Stream.concat(
                        steps.stream(),
                        Stream.concat(
                                cacheStep(order.clearCaches(), Action.CLEAR_CACHES),
                                cacheStep(order.warmCaches(), Action.WARM_CACHES)))
                .toList());
    }

    private static Stream<Step> cacheStep(boolean wanted, Action action) {
        return wanted
                ? Stream.of(new Step(action, null, List.of(), "asked for", State.PLANNED, null, null))
                : Stream.empty();
    }

    private Uni<Run> start(List<Step> steps, Decision decision) {
        Instant began = clock.instant();
        CompletableFuture<Run> ended = new CompletableFuture<>();
        work(steps, began)
                .map(done -> new Run(began, clock.instant(), done))
                .invoke(run -> latest = run)
                .call(run -> log.ended(ACTION, described(run.steps), decision))
                .subscribe()
                .with(ended::complete, ended::completeExceptionally);
        return Contexts.await(ended)
                .ifNoItem()
                .after(answerAfter)
                .recoverWithUni(() -> latest == null || latest.endedAt != null
                        ? Uni.createFrom().failure(Unavailable.slow("PostgreSQL", null))
                        : Uni.createFrom().item(latest));
    }

    private Uni<List<Step>> work(List<Step> steps, Instant began) {
        List<Step> ofDatabase =
                steps.stream().filter(step -> !step.statements().isEmpty()).toList();
        List<Step> ofCaches =
                steps.stream().filter(step -> step.statements().isEmpty()).toList();
        if (ofDatabase.isEmpty()) {
            show(began, ofDatabase, ofCaches);
            return caches(ofCaches, 0, List.of());
        }
        return optimizer
                .run(ofDatabase, () -> show(began, ofDatabase, ofCaches), now -> show(began, now, ofCaches))
                .chain(done -> caches(ofCaches, 0, done));
    }

    private void show(Instant began, List<Step> ofDatabase, List<Step> ofCaches) {
        latest = new Run(
                began,
                null,
                Stream.concat(ofDatabase.stream(), ofCaches.stream()).toList());
    }

    private Uni<List<Step>> caches(List<Step> steps, int next, List<Step> done) {
        if (next == steps.size()) {
            return Uni.createFrom().item(done);
        }
        return one(steps.get(next)).chain(step -> {
            List<Step> more = new ArrayList<>(done);
            more.add(step);
            return caches(steps, next + 1, more);
        });
    }

    private Uni<Step> one(Step step) {
        long began = System.nanoTime();
        Uni<String> work = step.action() == Action.CLEAR_CACHES
                ? drops.dropAll(KeyFilter.ALL).map(dropped -> dropped.total() + " values dropped")
                : warming.warm(null, WARMED_PLAYERS)
                        .map(warmed -> warmed.boards() + " boards, " + warmed.rankings() + " rankings, "
                                + warmed.players() + " players");
        return work.map(detail -> step.ended(State.DONE, since(began), detail))
                .onFailure()
                .invoke(failure -> LOG.infof("%s has failed: %s", step.action(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(failure -> step.ended(State.FAILED, since(began), failure.getMessage()));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Such as {@code CREATE_INDEX score_event_feed DONE}. */
    private static String described(List<Step> steps) {
        return steps.isEmpty()
                ? "Nothing to do"
                : String.join(
                        ", ",
                        steps.stream()
                                .map(step -> step.action() + (step.object() == null ? "" : " " + step.object()) + " "
                                        + step.state())
                                .toList());
    }

    /** What is to be done in the database, and after it. */
    public record Order(OptimizeOrder database, boolean clearCaches, boolean warmCaches) {}

    /**
     * An optimization, or the plan of one.
     *
     * @param startedAt null for a plan
     * @param endedAt null until then
     */
    public record Run(Instant startedAt, Instant endedAt, List<Step> steps) {
        /** How it stands as a whole. */
        public State state() {
            if (startedAt == null) {
                return State.PLANNED;
            }
            if (endedAt == null) {
                return State.RUNNING;
            }
            return steps.stream().allMatch(step -> step.state() == State.DONE) ? State.DONE : State.FAILED;
        }
    }
}
