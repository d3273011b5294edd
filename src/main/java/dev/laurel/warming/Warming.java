package dev.laurel.warming;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import dev.laurel.warming.Warmable.Reach;
import dev.laurel.warming.forecast.Decay;
import dev.laurel.warming.forecast.Demand;
import dev.laurel.warming.forecast.DemandStore;
import dev.laurel.warming.forecast.Forecast;
import dev.laurel.warming.forecast.HourOfWeek;
import dev.laurel.warming.forecast.View;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Loads the most wanted of what is wanted soon, within a bound of values and time. It works a part of the time only: it rests
 * after each batch for as long as that took, several times over, so it takes less when the stores have much to do. Processes share
 * a run by its pieces; what each process keeps for itself, each loads, beginning with the pieces that are its own, so that
 * it finds the others in a common store where there is one.
 */
@Startup
@ApplicationScoped
public class Warming {
    /** Values asked for at a time. */
    public static final int BATCH = 20;

    private static final Logger LOG = Logger.getLogger(Warming.class);

    private final DemandStore demand;
    private final Pieces pieces;
    private final WarmingFigures figures;
    private final WarmingConfig config;
    private final Clock clock;
    private final HourOfWeek week;
    private final Forecast forecast;
    private final Map<String, Warmable> warmables = new TreeMap<>();

    Warming(
            DemandStore demand,
            Pieces pieces,
            WarmingFigures figures,
            WarmingConfig config,
            Clock clock,
            @All List<Warmable> warmables) {
        this.demand = demand;
        this.pieces = pieces;
        this.figures = figures;
        this.config = config;
        this.clock = clock;
        this.week = new HourOfWeek(config.zone());
        this.forecast = new Forecast(week, new Decay(config.halfLife()));
        warmables.forEach(one -> {
            this.warmables.put(one.kind(), one);
            figures.know(one.kind());
        });
    }

    /** Loads what an occasion asks for. Never fails. */
    Uni<WarmingRun> run(Occasion occasion) {
        RunProgress progress = new RunProgress(occasion, clock.instant(), config);
        return pieces.forgetOld()
                .chain(() -> wanted(occasion))
                .invoke(progress::want)
                .chain(views -> all(progress, views))
                .onFailure()
                .invoke(progress::fail)
                .onFailure()
                .recoverWithNull()
                .map(done -> progress.ended())
                .invoke(figures::ended)
                .invoke(run -> LOG.debugf("Warming: %s", run));
    }

    private Uni<List<View>> wanted(Occasion occasion) {
        if (occasion.trigger() == Trigger.QUIET_HOUR) {
            return demand.at(comingDay(occasion))
                    .map(known -> forecast.wantedAltogether(common(known), clock.instant(), config.atMost()));
        }
        return demand.at(HourOfWeek.ofEachDay(week.of(occasion.mark())))
                .map(known -> forecast.wanted(known, occasion.mark(), config.atMost()));
    }

    private int[] comingDay(Occasion occasion) {
        int first = week.of(occasion.mark());
        return IntStream.range(first, first + HourOfWeek.HOURS_A_DAY)
                .map(hour -> hour % HourOfWeek.HOURS)
                .toArray();
    }

    /** What a process keeps for itself would be gone again before it is wanted. */
    private List<Demand> common(List<Demand> known) {
        return known.stream()
                .filter(one -> reach(one.view().kind()) == Reach.ALL)
                .toList();
    }

    /** Null for what a newer version of the service has remembered. */
    private Reach reach(String kind) {
        Warmable warmable = warmables.get(kind);
        return warmable == null ? null : warmable.reach();
    }

    private Uni<Void> all(RunProgress progress, List<View> views) {
        List<View> common =
                views.stream().filter(one -> reach(one.kind()) == Reach.ALL).toList();
        List<View> own =
                views.stream().filter(one -> reach(one.kind()) == Reach.PROCESS).toList();
        // What many are going to read comes first.
        return shared(progress, common, Reach.ALL).chain(() -> shared(progress, own, Reach.PROCESS));
    }

    private Uni<Void> shared(RunProgress progress, List<View> views, Reach reach) {
        Map<Integer, List<View>> parts = new TreeMap<>();
        views.forEach(view -> parts.computeIfAbsent(Pieces.of(view), piece -> new ArrayList<>())
                .add(view));
        List<View> ofOthers = new ArrayList<>();
        return Multi.createFrom()
                .iterable(parts.entrySet())
                .onItem()
                .transformToUniAndConcatenate(part -> pieces.claim(progress.name() + " " + reach, part.getKey())
                        .chain(mine -> {
                            if (mine) {
                                return load(progress, part.getValue());
                            }
                            ofOthers.addAll(part.getValue());
                            return Uni.createFrom().voidItem();
                        }))
                .collect()
                .last()
                .chain(() -> reach == Reach.ALL ? progress.leave(ofOthers) : load(progress, ofOthers));
    }

    private Uni<Void> load(RunProgress progress, List<View> views) {
        return Multi.createFrom()
                .iterable(batches(views))
                .select()
                .first(batch -> progress.hasTime())
                .onItem()
                .transformToUniAndConcatenate(batch -> load(progress, batch))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Each of one kind and tenant, in the order of the views. */
    private static List<Batch> batches(List<View> views) {
        List<Batch> batches = new ArrayList<>();
        Map<List<Object>, Batch> open = new HashMap<>();
        for (View view : views) {
            List<Object> of = List.of(view.kind(), view.tenant());
            Batch batch = open.get(of);
            if (batch == null || batch.views().size() == BATCH) {
                batch = new Batch(view.kind(), view.tenant(), new ArrayList<>());
                open.put(of, batch);
                batches.add(batch);
            }
            batch.views().add(view);
        }
        return batches;
    }

    private Uni<Void> load(RunProgress progress, Batch batch) {
        Warmable warmable = warmables.get(batch.kind());
        long began = System.nanoTime();
        List<String> subjects = batch.views().stream().map(View::subject).toList();
        return warmable.load(batch.tenant(), subjects)
                .invoke(loaded -> note(progress, warmable, batch, loaded))
                .onFailure(failure -> !(failure instanceof Unavailable))
                .invoke(failure -> LOG.debugf("Something could not be warmed: %s", failure.getMessage()))
                .onFailure(failure -> !(failure instanceof Unavailable))
                .recoverWithNull()
                .chain(() -> progress.rest(System.nanoTime() - began));
    }

    private void note(RunProgress progress, Warmable warmable, Batch batch, List<String> loaded) {
        progress.looked(batch.views().size(), loaded.size());
        batch.views().stream()
                .filter(view -> loaded.contains(view.subject()))
                .forEach(view -> figures.loaded(view, clock.instant().plus(warmable.keptFor())));
    }

    private record Batch(String kind, Tenant tenant, List<View> views) {}
}
