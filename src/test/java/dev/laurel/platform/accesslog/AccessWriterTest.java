package dev.laurel.platform.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Lines wait for their writer, and requests for nothing. */
class AccessWriterTest {
    private static final int BOUND = 1_024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AccessQueue queue = new AccessQueue(BOUND);

    private static AccessEntry entry(int number) {
        return new AccessEntry(number, "GET", "/" + number, 200, 1, 1, true, null, null, null, null, null);
    }

    private static List<String> lines(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private AccessWriter writer(OutputStream out) {
        return new AccessWriter(queue, out, Clock.systemUTC());
    }

    @Test
    void linesAreWrittenInOrder() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IntStream.range(0, BOUND).forEach(number -> queue.add(entry(number)));

        writer(out).writeAll();

        assertThat(lines(out)).hasSize(BOUND);
        assertThat(lines(out).get(700)).contains("\"path\":\"/700\"");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whatHasNoRoomIsDroppedAndCounted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessWriter writer = writer(out);
        IntStream.range(0, BOUND + 10).forEach(number -> queue.add(entry(number)));

        writer.writeAll();
        queue.add(entry(1));
        writer.writeAll();

        assertThat(queue.dropped()).isEqualTo(10);
        assertThat(lines(out)).hasSize(BOUND + 2);
        assertThat(lines(out).get(0)).contains("\"dropped\":10");
        assertThat(lines(out)).filteredOn(line -> line.contains("dropped")).hasSize(1);
    }

    @Test
    void anOutputThatNobodyReadsDelaysNobody() {
        CountDownLatch read = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AccessWriter writer = writer(new OutputStream() {
            @Override
            public void write(int one) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] lines) throws IOException {
                try {
                    read.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written.write(lines);
            }
        });
        writer.start();

        // Returns although the writer is stuck, however many there are.
        IntStream.range(0, 100 * BOUND).forEach(number -> queue.add(entry(number)));
        assertThat(queue.dropped()).isGreaterThan(50 * BOUND);
        read.countDown();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines(written)).anyMatch(line -> line.contains("\"dropped\":")));
        writer.stop();
    }

    @Test
    void aFullDiskIsNoFaultOfARequest() {
        AccessWriter writer = writer(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        queue.add(entry(1));
        writer.writeAll();
        queue.add(entry(2));
        writer.writeAll();

        assertThat(queue.dropped()).isZero();
        assertThat(queue.take(new StringBuilder(), 1_000, 0)).isFalse();
    }
}
