package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.LaurelApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** More is offered than can be done: the surplus is refused, the rest is stored, and memory does not grow. */
@ExtendWith(Stage.Provider.class)
class OverloadFaultsIT {
    /** Bounded, so that a leak shows as an end, and touched from the start: what grows is beside the heap. */
    private static final List<String> HEAP = List.of("-Xmx384m", "-Xms384m", "-XX:+AlwaysPreTouch");

    /** As G1, the serial collector, and that of the native program call it. */
    private static final List<String> OLD_GENERATIONS = List.of("Old Gen", "Tenured Gen", "old generation");

    /** How much more than before the process may take at the end: the allocator keeps what it once had. */
    private static final double TOLERANCE = 1.15;

    private final int seconds = FaultSettings.figure("overload-seconds", 10, 600);
    private final int connections = FaultSettings.figure("overload-connections", 400, 2_000);
    private final int waiting = FaultSettings.figure("overload-waiting", 32, 256);

    @Test
    void theSurplusIsRefusedAndMemoryStaysFlat(Stage stage) throws IOException {
        Map<String, String> bounds = Map.of("LAUREL_SCORE_MAX_WAITING", Integer.toString(waiting));
        try (Replica service = stage.replica("overloaded", HEAP, bounds);
                Scene scene = Scene.of("overload", stage, 2_000)) {
            service.start();
            Findings findings = scene.findings();
            Flood flood = new Flood(service.address(), scene.contests().get(0), findings, connections);
            scene.begin(List.of(service.address()), 0, 2);
            List<Sample> samples = new ArrayList<>();
            flood.start();
            for (int second = 1; second <= seconds; second++) {
                Load.pause(TimeUnit.SECONDS.toMillis(1));
                samples.add(new Sample(service.megabytes(), oldGeneration(service.management())));
            }
            flood.close();
            long refused = findings.refused.get();
            Sample early = Sample.median(samples, 0.1, 0.2);
            Sample late = Sample.median(samples, 0.9, 1);
            scene.say(
                    "%d s, %d connections: memory %d MB, later %d MB; kept on the heap %d MB, later %d MB",
                    seconds, connections, early.resident(), late.resident(), early.kept(), late.kept());
            scene.verifyAll();
            assertThat(refused).as("events refused").isPositive();
            assertThat(findings.unanswered.get()).as("events without an answer").isZero();
            assertThat(findings.reads.get() - findings.readsRefused.get())
                    .as("reads answered")
                    .isPositive();
            scene.assertReadsAnswered();
            if (FaultSettings.LONG) {
                assertThat((double) late.resident()).isLessThan(early.resident() * TOLERANCE);
            }
        }
    }

    /** What is on the heap after collections, in megabytes. */
    private static long oldGeneration(LaurelApi management) {
        return management
                        .get("/q/metrics")
                        .expect(200)
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("jvm_memory_used_bytes")
                                && OLD_GENERATIONS.stream().anyMatch(line::contains))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / 1_048_576;
    }

    /** Memory at one moment, in megabytes. */
    private record Sample(long resident, long kept) {
        /** The middle values of a part of the samples. */
        static Sample median(List<Sample> samples, double from, double to) {
            List<Sample> part =
                    samples.subList((int) (samples.size() * from), Math.max(1, (int) (samples.size() * to)));
            return new Sample(
                    part.stream().mapToLong(Sample::resident).sorted().toArray()[part.size() / 2],
                    part.stream().mapToLong(Sample::kept).sorted().toArray()[part.size() / 2]);
        }
    }
}
