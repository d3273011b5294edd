package dev.laurel.platform.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What callers and those they wait for mean to each other. */
class ContextsTest {
    private final List<UniEmitter<? super String>> started = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Uni<String> work = Contexts.toTheEnd(Uni.createFrom()
            .<String>emitter(started::add)
            .map(item -> item + " and told")
            .invoke(ended::add));

    @Test
    void workGoesOnWhenItsCallerGivesUp() {
        work.subscribe().withSubscriber(UniAssertSubscriber.create()).cancel();

        started.get(0).complete("done");

        assertThat(ended).containsExactly("done and told");
    }

    @Test
    void whoWaitsIsTold() {
        UniAssertSubscriber<String> first = work.subscribe().withSubscriber(UniAssertSubscriber.create());
        UniAssertSubscriber<String> second = work.subscribe().withSubscriber(UniAssertSubscriber.create());

        started.get(0).fail(new IllegalStateException("broken"));
        started.get(1).complete("done");

        first.assertFailedWith(IllegalStateException.class, "broken");
        second.assertItem("done and told");
    }
}
