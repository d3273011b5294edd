package dev.laurel.platform;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Has no job begin once the service ends: the framework's scheduler goes on when what the jobs need is gone. */
@ApplicationScoped
class JobsEnd {
    private final Scheduler scheduler;

    JobsEnd(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void pause(@Observes @Priority(1) ShutdownEvent event) {
        if (scheduler.isRunning()) {
            scheduler.pause();
        }
    }
}
