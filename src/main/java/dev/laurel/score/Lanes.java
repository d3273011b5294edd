package dev.laurel.score;

import dev.laurel.platform.meters.Meters;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.StandingsWriter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The parallel lanes. All events of a player on a board take the same lane, so they keep their order. */
@ApplicationScoped
class Lanes {
    private final List<ScoreLane> lanes = new ArrayList<>();

    Lanes(StandingsWriter writer, ScoreConfig config, MeterRegistry meters) {
        DistributionSummary sizes = DistributionSummary.builder(Meters.BATCH_SIZE)
                .description("Events committed in one transaction")
                .register(meters);
        for (int i = 0; i < config.lanes(); i++) {
            lanes.add(new ScoreLane(
                    batch -> {
                        sizes.record(batch.size());
                        return writer.write(batch);
                    },
                    config.maxBatch(),
                    config.maxWaiting()));
        }
        meters.gauge(Meters.WAITING, lanes, all -> all.stream()
                .mapToInt(ScoreLane::waiting)
                .sum());
    }

    /** Submits an event to its lane; see {@link ScoreLane#submit}. */
    Uni<Committed> submit(ScoreWrite write, Supplier<Uni<ScoreWrite>> again) {
        int hash = 31 * write.board().id() + write.playerId().hashCode();
        return lanes.get(Math.floorMod(hash ^ hash >>> 16, lanes.size())).submit(write, again);
    }
}
