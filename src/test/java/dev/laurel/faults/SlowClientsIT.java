package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.SlowClients;
import dev.laurel.testing.SlowClients.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Slow clients by the thousand, against the packaged program with its own times: what others notice of them, and how long each may
 * stay. Runs when {@code -Dlaurel.slow.connections=2000} says how many; {@code -Dlaurel.slow.seconds} says how long.
 */
class SlowClientsIT {
    private static final int CONNECTIONS = Integer.getInteger("laurel.slow.connections", 0);
    private static final int SECONDS = Integer.getInteger("laurel.slow.seconds", 120);
    private static final int WITHOUT_SECONDS = 20;
    private static final int WARM_SECONDS = 8;
    private static final int READERS = 8;
    private static final int REQUESTS_A_SECOND = 200;
    private static final int PLAYERS = 1_000;
    private static final long GONE_MS = 30_000;

    /** Below it the clock of a busy machine decides. */
    private static final double NOTICEABLE_MS = 10;

    @TempDir
    Path place;

    @Test
    void twoThousandSlowClientsAreGoneInTimeAndOthersHardlyNotice() throws Exception {
        assumeTrue(CONNECTIONS > 0, "-Dlaurel.slow.connections says how many");
        Map<String, String> environment =
                Map.of("LAUREL_EMBEDDED_DATA_DIR", place.resolve("data").toString());
        try (PackagedProgram program = PackagedProgram.start(place, environment)) {
            String top = LaurelApi.ranking(board(program.api()), "all_time");
            measure(program.api(), top + "?limit=10", WARM_SECONDS);

            double without = percentile(measure(program.api(), top + "?limit=10", WITHOUT_SECONDS));
            long memoryBefore = memory(program);
            try (SlowClients slow =
                    new SlowClients(program.api().address(), top + "?limit=1000", CONNECTIONS, Kind.values())) {
                double with = percentile(measure(program.api(), top + "?limit=10", SECONDS));
                report(slow, without, with, memory(program) - memoryBefore);
                program.management()
                        .get("/q/metrics")
                        .expect(200)
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("laurel_http_connections"))
                        .forEach(System.out::println);

                assertThat(with).isLessThanOrEqualTo(Math.max(2 * without, NOTICEABLE_MS));
                for (Kind kind : Kind.values()) {
                    assertThat(slow.ended(kind)).as("%s", kind).isGreaterThanOrEqualTo(CONNECTIONS / 3);
                    assertThat(slow.longestMillis(kind)).as("%s", kind).isLessThan(GONE_MS);
                }
            }
        }
    }

    private static String board(LaurelApi api) {
        BoardSpec board = BoardBuilder.aBoard("slow").allTime().build();
        api.putBoard(board).expect(201);
        String name = "p".repeat(100);
        api.submitAll(
                        board.id(),
                        IntStream.range(0, PLAYERS)
                                .mapToObj(i -> ScoreEvent.of(name + i, Integer.toString(i)))
                                .toList())
                .expect(200);
        return board.id();
    }

    /** How long requests took that were due evenly spread over a time, in milliseconds, from when each was due. */
    private static List<Double> measure(LaurelApi api, String path, int seconds) throws InterruptedException {
        List<Double> times = Collections.synchronizedList(new ArrayList<>());
        long start = System.nanoTime();
        long every = Duration.ofSeconds(1).toNanos() / REQUESTS_A_SECOND;
        List<Thread> readers = IntStream.range(0, READERS)
                .mapToObj(reader -> new Thread(() -> {
                    for (long i = reader; i < (long) seconds * REQUESTS_A_SECOND; i += READERS) {
                        long due = start + i * every;
                        while (System.nanoTime() < due) {
                            LockSupport.parkNanos(due - System.nanoTime());
                        }
                        api.get(path).expect(200);
                        times.add((System.nanoTime() - due) / 1e6);
                    }
                }))
                .toList();
        readers.forEach(Thread::start);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(times).hasSize(seconds * REQUESTS_A_SECOND);
        return times;
    }

    private static double percentile(List<Double> times) {
        List<Double> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() * 99 / 100);
    }

    /** Of the process, in MB. */
    private static long memory(PackagedProgram program) throws java.io.IOException {
        return Files.readAllLines(Path.of("/proc/" + program.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElse(0);
    }

    private static void report(SlowClients slow, double without, double with, long memory) {
        System.out.printf(
                "%d slow connections for %d s: p99 of others %.1f ms without, %.1f ms with them; memory grown by %d MB%n",
                CONNECTIONS, SECONDS, without, with, memory);
        for (Kind kind : Kind.values()) {
            System.out.printf(
                    "  %s: %d disconnected, the longest after %.1f s%n",
                    kind, slow.ended(kind), slow.longestMillis(kind) / 1e3);
        }
    }
}
