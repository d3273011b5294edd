package dev.laurel.web.body;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory that bodies take together while they arrive and are worked on. */
@Startup // so that the gauge is there before the first body
@ApplicationScoped
class BodyMemory {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyMemory(BodyConfig config, MeterRegistry meters) {
        this.most = config.bodiesInMemory().asLongValue();
        meters.gauge(Meters.BODIES, taken);
    }

    /** Takes so many bytes, which have to be given back; false when there are not as many. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    /** In bytes. */
    long taken() {
        return taken.get();
    }
}
