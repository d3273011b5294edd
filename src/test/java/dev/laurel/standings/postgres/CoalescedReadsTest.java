package dev.laurel.standings.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class CoalescedReadsTest {
    private final Bulkhead bulkhead = new Bulkhead(1, 2, "full");
    private final CoalescedReads<String, String, String> reads = new CoalescedReads<>(Duration.ofSeconds(30), "late");
    private final List<List<String>> asked = new ArrayList<>();
    private final List<UniEmitter<? super String>> answers = new ArrayList<>();

    @Test
    void whoeverIsLetInAtOnceAsksAlone() {
        UniAssertSubscriber<String> ann = ask("day", "ann");

        answers.get(0).complete("first");

        assertThat(asked).containsExactly(List.of("ann"));
        ann.assertItem("first");
    }

    @Test
    void thoseWhoWaitForTheSameAreAnsweredByOne() {
        UniAssertSubscriber<String> ann = ask("day", "ann");
        UniAssertSubscriber<String> bob = ask("day", "bob");
        UniAssertSubscriber<String> cid = ask("day", "cid");
        assertThat(asked).as("nobody joins what has begun").containsExactly(List.of("ann"));

        answers.get(0).complete("first");
        assertThat(asked).containsExactly(List.of("ann"), List.of("bob", "cid"));
        ask("day", "dan");
        answers.get(1).complete("second");

        ann.assertItem("first");
        bob.assertItem("second");
        cid.assertItem("second");
        assertThat(asked).last().isEqualTo(List.of("dan"));
    }

    @Test
    void whatIsNotTheSameIsAskedForItself() {
        ask("day", "ann");
        ask("day", "bob");
        ask("week", "cid");

        answers.get(0).complete("first");
        answers.get(1).complete("second");

        assertThat(asked).containsExactly(List.of("ann"), List.of("bob"), List.of("cid"));
    }

    @Test
    void whoeverFindsTheBulkheadFullIsRefusedAndKeepsNobodyElse() {
        ask("day", "ann");
        ask("week", "bob");
        ask("month", "cid");
        ask("year", "dan").assertFailedWith(Unavailable.class, "full");

        answers.get(0).complete("first");
        UniAssertSubscriber<String> later = ask("year", "eve");
        answers.get(1).complete("second");
        answers.get(2).complete("third");
        answers.get(3).complete("fourth");

        later.assertItem("fourth");
        assertThat(asked).last().isEqualTo(List.of("eve"));
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotAsked() {
        ask("day", "ann");
        ask("day", "bob").cancel();
        UniAssertSubscriber<String> cid = ask("week", "cid");

        answers.get(0).complete("first");
        answers.get(1).complete("second");

        assertThat(asked).containsExactly(List.of("ann"), List.of("cid"));
        cid.assertItem("second");
    }

    @Test
    void whoeverIsLeftIsAnsweredWhenAnotherGivesUp() {
        ask("day", "ann");
        ask("day", "bob").cancel();
        UniAssertSubscriber<String> cid = ask("day", "cid");

        answers.get(0).complete("first");
        answers.get(1).complete("second");

        cid.assertItem("second");
    }

    @Test
    void aFailureIsToldToAllWhoWaitForIt() {
        ask("day", "ann");
        UniAssertSubscriber<String> bob = ask("day", "bob");
        UniAssertSubscriber<String> cid = ask("day", "cid");

        answers.get(0).complete("first");
        answers.get(1).fail(new WindowMoved());

        bob.assertFailedWith(WindowMoved.class);
        cid.assertFailedWith(WindowMoved.class);
    }

    @Test
    void nobodyWaitsForLongerThanThePatience() {
        CoalescedReads<String, String, String> hasty = new CoalescedReads<>(Duration.ofMillis(20), "late");

        UniAssertSubscriber<String> ann = subscribe(hasty, "day", "ann");

        ann.awaitFailure().assertFailedWith(Unavailable.class, "late");
    }

    private UniAssertSubscriber<String> ask(String what, String who) {
        return subscribe(reads, what, who);
    }

    private UniAssertSubscriber<String> subscribe(
            CoalescedReads<String, String, String> gathered, String what, String who) {
        return gathered.ask(bulkhead, what, who, all -> {
                    asked.add(List.copyOf(all));
                    return Uni.createFrom().emitter(answers::add);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
