package dev.laurel.platform.accesslog;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the latest lines of the access log, in place of the output of the process that runs the tests. */
@Mock
@ApplicationScoped
class RecentLines extends AccessOutput {
    private static final int KEPT = 20_000;

    private final Deque<String> lines = new ArrayDeque<>();

    RecentLines() {
        super(null);
    }

    @Override
    OutputStream open() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] block) {
                keep(new String(block, StandardCharsets.UTF_8));
            }
        };
    }

    private void keep(String block) {
        synchronized (lines) {
            block.lines().forEach(lines::addLast);
            while (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }

    List<String> with(String text) {
        synchronized (lines) {
            return lines.stream().filter(line -> line.contains(text)).toList();
        }
    }

    List<String> all() {
        return with("");
    }
}
