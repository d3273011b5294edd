package dev.laurel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.feed.ShardWrites.Writing;
import dev.laurel.platform.async.LargeWrites;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class PaceTest {
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(20);

    private final Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(60));

    @Test
    void aShortTurnIsFollowedByAShortRestAndALongOneByABoundedOne() {
        assertThat(pace.rest(Outcome.DONE, 0, Writing.EVENTS)).isEqualTo(10);
        assertThat(pace.rest(Outcome.DONE, TURN, Writing.EVENTS)).isEqualTo(160);
        assertThat(pace.rest(Outcome.DONE, 100 * TURN, Writing.EVENTS)).isEqualTo(200);
        assertThat(pace.rest(Outcome.HELD, TURN, Writing.NOTHING)).isEqualTo(160);
    }

    @Test
    void aBacklogWaitsForWritersUntilItsFirstItemIsTooOld() {
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(1)), TURN, Writing.EVENTS))
                .isEqualTo(320);
        assertThat(pace.rest(Outcome.more(Duration.ofMillis(4_999)), 100 * TURN, Writing.EVENTS))
                .isEqualTo(1_000);
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(5)), TURN, Writing.EVENTS))
                .isZero();
    }

    @Test
    void aBacklogWaitsForNobodyWhenNothingIsWritten() {
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(1)), TURN, Writing.NOTHING))
                .isZero();
    }

    @Test
    void aBacklogWaitsLongerForAnImport() {
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(59)), TURN, Writing.IMPORT))
                .isEqualTo(320);
        assertThat(pace.rest(Outcome.more(Duration.ofSeconds(60)), TURN, Writing.IMPORT))
                .isZero();
        assertThat(pace.rest(Outcome.DONE, TURN, Writing.IMPORT)).isEqualTo(160);
    }

    @Test
    void whatIsBeingWrittenIsAnImportOrWhatWasCommittedAMomentAgo() {
        LargeWrites imports = new LargeWrites();
        ShardWrites writes = new ShardWrites(imports);
        assertThat(writes.in(3, 0)).isEqualTo(Writing.NOTHING);
        writes.committed(3, 1);
        assertThat(writes.in(3, ShardWrites.BUSY_NANOS)).isEqualTo(Writing.EVENTS);
        assertThat(writes.in(3, 1 + ShardWrites.BUSY_NANOS)).isEqualTo(Writing.NOTHING);
        assertThat(writes.in(4, 2)).isEqualTo(Writing.NOTHING);

        CompletableFuture<Void> end = new CompletableFuture<>();
        imports.during(16 + 3, Uni.createFrom().completionStage(end))
                .subscribe()
                .with(x -> {}, failure -> {});
        assertThat(writes.in(3, 2)).isEqualTo(Writing.IMPORT);
        assertThat(writes.in(4, 2)).isEqualTo(Writing.NOTHING);
        end.completeExceptionally(new IllegalStateException("the import fails"));
        assertThat(writes.in(3, 2)).isEqualTo(Writing.EVENTS);
    }

    @Test
    void withoutPatienceABacklogNeverWaits() {
        assertThat(new Pace(Duration.ZERO, Duration.ZERO).rest(Outcome.more(Duration.ZERO), TURN, Writing.EVENTS))
                .isZero();
    }
}
