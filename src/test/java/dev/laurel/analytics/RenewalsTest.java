package dev.laurel.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

class RenewalsTest {
    private final List<String> started = new ArrayList<>();
    private final List<CompletableFuture<Void>> work = new ArrayList<>();

    private Supplier<Uni<Void>> answer(String name) {
        return () -> {
            CompletableFuture<Void> computing = new CompletableFuture<>();
            started.add(name);
            work.add(computing);
            return Uni.createFrom().completionStage(computing);
        };
    }

    private void read(Renewals renewals, String... subjects) {
        for (String subject : subjects) {
            renewals.read(subject, List.of("question"), answer(subject));
        }
    }

    @Test
    void whatWasReadIsComputedOnceForEachOutdatingEvent() {
        Renewals renewals = new Renewals(10);
        read(renewals, "ann", "ann");

        renewals.outdated("bob");
        assertThat(started).isEmpty();
        renewals.outdated("ann");
        renewals.outdated("ann");
        assertThat(started).containsExactly("ann");
    }

    @Test
    void oneIsComputedAtATimeAndAFailureStopsNothing() {
        Renewals renewals = new Renewals(10);
        read(renewals, "ann", "bob", "cid");
        List.of("ann", "bob", "cid").forEach(renewals::outdated);

        assertThat(started).containsExactly("ann");
        work.get(0).completeExceptionally(new IllegalStateException("not now"));
        assertThat(started).containsExactly("ann", "bob");
        work.get(1).complete(null);
        assertThat(started).containsExactly("ann", "bob", "cid");
        work.get(2).complete(null);

        read(renewals, "ann");
        renewals.outdated("ann");
        assertThat(started).containsExactly("ann", "bob", "cid", "ann");
    }

    @Test
    void noMoreWaitThanMay() {
        Renewals renewals = new Renewals(2);
        read(renewals, "ann", "bob", "cid", "dan");
        List.of("ann", "bob", "cid", "dan").forEach(renewals::outdated);

        // One is at work, and two wait.
        for (int i = 0; i < 3; i++) {
            work.get(i).complete(null);
        }
        assertThat(started).containsExactly("ann", "bob", "cid");
        renewals.outdated("dan");
        assertThat(started).hasSize(3);
    }

    @Test
    void noneAreComputedWhenThereMayBeNone() {
        Renewals renewals = new Renewals(0);
        read(renewals, "ann");
        renewals.outdated("ann");
        assertThat(started).isEmpty();
    }
}
