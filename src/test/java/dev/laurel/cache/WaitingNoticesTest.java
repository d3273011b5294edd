package dev.laurel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingNoticesTest {
    private final WaitingNotices waiting = new WaitingNotices();

    @Test
    void theFirstNoticeBeginsSendingAndTheOthersWaitForIt() {
        assertThat(waiting.add(notice(1))).isTrue();
        assertThat(waiting.add(notice(2))).isFalse();
        assertThat(waiting.take()).containsExactly(notice(1), notice(2));
        assertThat(waiting.add(notice(3))).isFalse();
        assertThat(waiting.take()).containsExactly(notice(3));

        assertThat(waiting.take()).isEmpty();
        assertThat(waiting.add(notice(4))).isTrue();
    }

    @Test
    void whatIsToldTwiceIsSentOnce() {
        waiting.add(notice(1));
        waiting.add(notice(1));

        assertThat(waiting.take()).containsExactly(notice(1));
    }

    @Test
    void thereIsABound() {
        for (int i = 0; i < 2 * WaitingNotices.MAX; i++) {
            waiting.add(notice(i));
        }

        assertThat(waiting.take()).hasSize(WaitingNotices.MAX);
    }

    private static ChangeNotice notice(int number) {
        return ChangeNotice.of("topic", number);
    }
}
