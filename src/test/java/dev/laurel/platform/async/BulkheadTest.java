package dev.laurel.platform.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A bulkhead runs some, lets some wait, and refuses the rest. */
class BulkheadTest {
    private final Bulkhead bulkhead = new Bulkhead(2, 1, "full");
    private final List<UniEmitter<? super String>> started = new ArrayList<>();

    @Test
    void someRunSomeWaitTheRestIsRefused() {
        UniAssertSubscriber<String> first = submit();
        UniAssertSubscriber<String> second = submit();
        UniAssertSubscriber<String> waiting = submit();
        UniAssertSubscriber<String> refused = submit();

        assertThat(started).hasSize(2);
        first.assertNotTerminated();
        second.assertNotTerminated();
        waiting.assertNotTerminated();
        refused.assertFailedWith(Unavailable.class, "full");
    }

    @Test
    void whoWaitsFollowsWhenOneHasEnded() {
        UniAssertSubscriber<String> first = submit();
        submit();
        UniAssertSubscriber<String> waiting = submit();

        started.get(0).complete("done");

        first.assertCompleted().assertItem("done");
        assertThat(started).hasSize(3);
        started.get(2).complete("next");
        waiting.assertCompleted().assertItem("next");
    }

    @Test
    void aFailureMakesRoomToo() {
        submit();
        UniAssertSubscriber<String> failing = submit();

        started.get(1).fail(new IllegalStateException("broken"));

        failing.assertFailedWith(IllegalStateException.class, "broken");
        submit();
        assertThat(started).hasSize(3);
    }

    @Test
    void whoNoLongerWaitsKeepsNoRoom() {
        submit();
        submit();
        submit().cancel();
        UniAssertSubscriber<String> patient = submit();

        started.get(0).complete("done");
        started.get(1).complete("done");

        assertThat(started).hasSize(3);
        started.get(2).complete("next");
        patient.assertCompleted();
        submit();
        submit();
        assertThat(started).hasSize(5);
    }

    @Test
    void aTaskThatHasEndedMakesRoomOnce() {
        Uni.join().all(task(), task()).andFailFast().subscribe().withSubscriber(UniAssertSubscriber.create());
        started.get(0).complete("done");
        // Which cancels both.
        started.get(1).fail(new IllegalStateException("broken"));

        submit();
        submit();
        submit();

        assertThat(started).hasSize(4);
    }

    private Uni<String> task() {
        return bulkhead.run(Uni.createFrom().emitter(started::add));
    }

    private UniAssertSubscriber<String> submit() {
        return task().subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
