package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.testing.OnEventLoop;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A job that runs each second says once that it fails. */
@QuarkusTest
class JobLogComponentTest {
    private static final String JOB = "job-of-a-test";

    @Inject
    JobLog log;

    @Test
    void whatFailsAgainForTheSameReasonIsLoggedOnce() {
        Lines lines = new Lines();
        Logger logger = Logger.getLogger(JobLog.class.getName());
        logger.addHandler(lines);
        try {
            fail("away");
            fail("away");
            fail("full");
            run(Uni.createFrom().item(0L));
            run(Uni.createFrom().item(0L));
            fail("full");
        } finally {
            logger.removeHandler(lines);
        }

        assertThat(lines.found)
                .containsExactly(
                        "WARN Job job-of-a-test failed and will be retried: away",
                        "WARN Job job-of-a-test failed and will be retried: full",
                        "INFO Job job-of-a-test succeeded again",
                        "WARN Job job-of-a-test failed and will be retried: full");
    }

    private void fail(String reason) {
        run(Uni.createFrom().failure(Unavailable.overloaded(reason)));
    }

    private void run(Uni<Long> work) {
        OnEventLoop.await(() -> log.run(JOB, work));
    }

    private static final class Lines extends Handler {
        private final List<String> found = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            String text = String.format(line.getMessage(), line.getParameters());
            if (text.contains(JOB) && line.getLevel().intValue() >= Level.INFO.intValue()) {
                found.add(line.getLevel() + " " + text);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
