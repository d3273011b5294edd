package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.postgres.ResultPages.Page;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Pages are read while those before them are worked on. */
class ResultPagesTest {
    private static final int PAGES = 4;

    private final List<UniEmitter<? super Void>> atWork = new ArrayList<>();
    private int read;
    private UniAssertSubscriber<Void> all;

    @BeforeEach
    void begin() {
        all = ResultPages.each(
                        () -> Uni.createFrom().item(() -> new Page(null, ++read < PAGES)),
                        rows -> Uni.createFrom().emitter(atWork::add))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void twoAreWorkedOnAtATime() {
        assertThat(atWork).hasSize(2);
        assertThat(read).isEqualTo(2);

        atWork.get(0).complete(null);
        assertThat(atWork).hasSize(3);
        atWork.get(1).complete(null);
        atWork.get(2).complete(null);

        assertThat(atWork).hasSize(PAGES);
        all.assertNotTerminated();
        atWork.get(3).complete(null);
        all.assertCompleted();
    }

    @Test
    void nothingIsReadAfterAFailure() {
        atWork.get(1).fail(new IllegalStateException("full"));

        all.assertFailedWith(IllegalStateException.class, "full");
        atWork.get(0).complete(null);
        assertThat(read).isEqualTo(2);
    }
}
