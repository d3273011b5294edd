package dev.laurel.standings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.standings.redis.WindowSizes;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The place of a complete walk, and what is told by the sizes of a window. */
class WalkPositionTest {
    @Test
    void aPlaceIsReadAsItWasWritten() {
        WalkPosition first = WalkPosition.START.after("a player, with blanks", 500);
        for (WalkPosition one : List.of(
                WalkPosition.START, first, first.toRedis(), first.toRedis().scanned("4711"))) {
            assertThat(WalkPosition.parse(one.text())).isEqualTo(one);
        }
        assertThat(WalkPosition.parse(null)).isEqualTo(WalkPosition.START);
    }

    @Test
    void eachRankingIsWalkedInPostgresAndThenInRedis() {
        WalkPosition inRedis = WalkPosition.START.after("x", 3).after("y", 2).toRedis();

        assertThat(inRedis.at()).isEqualTo("0");
        assertThat(inRedis.scanned("9")).isEqualTo(new WalkPosition(0, true, 5, "9"));
        assertThat(inRedis.scanned("9").scanned("0")).isEqualTo(new WalkPosition(1, false, 5, ""));
    }

    @Test
    void aWindowMayGrowAndShrinkByThoseWhoHaveChanged() {
        WindowSizes now = WindowSizes.of(List.of(10L, 10L, 7L, 7L));

        assertThat(now.state()).isEqualTo(WindowSizes.State.COMPLETE);
        assertThat(now.mayFollow(now.text(), 0, 0)).isTrue();
        assertThat(now.mayFollow("9,7", 0, 0)).isFalse();
        assertThat(now.mayFollow("9,7", 1, 0)).isTrue();
        assertThat(now.mayFollow("9,8", 1, 0)).as("nobody may have left").isFalse();
        assertThat(now.mayFollow("9,8", 1, 1)).isTrue();
        assertThat(now.mayFollow("8,7", 1, 1)).isFalse();
        assertThat(now.mayFollow("10", 5, 5)).isFalse();
        assertThat(now.mayFollow(null, 5, 5)).isFalse();
    }

    @Test
    void theWorstOfTheRankingsIsThatOfTheWindow() {
        assertThat(WindowSizes.of(List.of(3L, 3L, 4L, 5L)).state()).isEqualTo(WindowSizes.State.TORN);
        assertThat(WindowSizes.of(List.of(3L, 4L, -1L, 0L)).state()).isEqualTo(WindowSizes.State.NOT_LOADED);
        assertThat(WindowSizes.of(List.of(-1L, 0L, -2L, 0L)).state()).isEqualTo(WindowSizes.State.CLOSED);
    }
}
