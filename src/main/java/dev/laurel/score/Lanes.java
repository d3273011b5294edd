package dev.laurel.score;

import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.meters.WriteTimes;
import dev.laurel.platform.postgres.RequestRole;
import dev.laurel.platform.tenant.VisibleRows;
import dev.laurel.standings.window.Outdated;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.StandingsWriter;
import dev.laurel.standings.write.WriteResult;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The parallel lanes. All events of a player on a board take the same lane, so they keep their order. Events that are accepted
 * all or none have lanes of their own, where the refusal of one is a refusal of those submitted with it.
 */
@ApplicationScoped
class Lanes {
    private final List<ScoreLane> lanes = new ArrayList<>();
    private final List<ScoreLane> together = new ArrayList<>();

    private final RequestRole role;

    Lanes(StandingsWriter writer, ScoreConfig config, MeterRegistry meters, RequestRole role) {
        this.role = role;
        DistributionSummary sizes = DistributionSummary.builder(Meters.BATCH_SIZE)
                .description("Events committed in one transaction")
                .register(meters);
        for (int i = 0; i < config.lanes(); i++) {
            lanes.add(lane(writer::write, sizes, config));
            together.add(lane(writer::writeAll, sizes, config));
        }
        meters.gauge(Meters.WAITING, this, all -> Stream.concat(all.lanes.stream(), all.together.stream())
                .mapToInt(ScoreLane::waiting)
                .sum());
    }

    private ScoreLane lane(
            BiFunction<List<ScoreWrite>, WriteTimes, Uni<List<WriteResult>>> commit,
            DistributionSummary sizes,
            ScoreConfig config) {
        return new ScoreLane(
                (batch, times) -> {
                    sizes.record(batch.size());
                    return role.isOn() ? ofTenants(batch, times, commit) : commit.apply(batch, times);
                },
                config.maxBatch(),
                config.maxWaiting());
    }

    /** A batch is committed for the requests of several tenants, in the context of none of them. */
    private static Uni<List<WriteResult>> ofTenants(
            List<ScoreWrite> batch,
            WriteTimes times,
            BiFunction<List<ScoreWrite>, WriteTimes, Uni<List<WriteResult>>> commit) {
        return VisibleRows.during(
                batch.stream().map(write -> write.board().tenant()).toList(), () -> commit.apply(batch, times));
    }

    /** Submits an event to its lane; see {@link ScoreLane#submit}. */
    Uni<Committed> submit(ScoreWrite write, Supplier<Uni<ScoreWrite>> again) {
        int hash = 31 * write.board().id() + write.playerId().hashCode();
        return of(hash, lanes)
                .submit(List.of(write), () -> again.get().map(List::of))
                .map(committed -> committed.get(0));
    }

    /**
     * Submits a player's events of which all are accepted or none.
     *
     * @return their outcomes, in order; fails as {@link ScoreLane#submit}, and with {@link Outdated} when they must be prepared
     *     again
     */
    Uni<List<Committed>> submitTogether(List<ScoreWrite> writes) {
        return of(writes.get(0).playerId().hashCode(), together)
                .submit(writes, () -> Uni.createFrom().failure(new Outdated()))
                .invoke(all -> all.get(0).recordTimes());
    }

    private static ScoreLane of(int hash, List<ScoreLane> lanes) {
        return lanes.get(Math.floorMod(hash ^ hash >>> 16, lanes.size()));
    }
}
