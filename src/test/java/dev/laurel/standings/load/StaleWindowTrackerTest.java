package dev.laurel.standings.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Window;
import dev.laurel.standings.load.StaleWindowTracker.Mark;
import dev.laurel.standings.load.StaleWindows.Marked;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class StaleWindowTrackerTest {
    private static final boolean READABLE = true;
    private static final boolean UNREADABLE = false;

    private static final Board BOARD =
            new Board(1, Tenant.DEFAULT, "board", 1, null, List.of(), null, Set.of(), null, null);
    private static final Board CHANGED =
            new Board(1, Tenant.DEFAULT, "board", 2, null, List.of(), null, Set.of(), null, null);
    private static final Board OTHER =
            new Board(2, Tenant.DEFAULT, "other", 1, null, List.of(), null, Set.of(), null, null);
    private static final WindowRef WINDOW = window(BOARD);

    private final AtomicInteger found = new AtomicInteger();
    private final StaleWindowTracker tracker = new StaleWindowTracker(found::incrementAndGet);

    private static WindowRef window(Board board) {
        return new WindowRef(board, new Window(Period.ALL_TIME, "all", null, null), 0, "all", WindowState.OPEN, true);
    }

    @Test
    void aWindowThatWasNeverMarkedIsRead() {
        tracker.mark(window(OTHER), UNREADABLE);

        assertThat(tracker.isUnreadable(WINDOW)).isFalse();
        assertThat(tracker.isStale(WINDOW)).isFalse();
        assertThat(tracker.before(WINDOW)).isNull();
    }

    @Test
    void aMarkHoldsForTheWindowWhateverHasBecomeOfItsBoard() {
        tracker.mark(WINDOW, UNREADABLE);

        assertThat(tracker.isUnreadable(window(CHANGED))).isTrue();
    }

    @Test
    void anUncertainWindowIsReadAndYetStale() {
        tracker.mark(WINDOW, READABLE);

        assertThat(tracker.isUnreadable(WINDOW)).isFalse();
        assertThat(tracker.isStale(WINDOW)).isTrue();
        assertThat(tracker.size()).isOne();
    }

    @Test
    void aWindowIsCountedOnceHoweverOftenItIsMarked() {
        tracker.mark(WINDOW, READABLE);
        tracker.mark(WINDOW, UNREADABLE);
        tracker.markListed(WINDOW, 7);

        assertThat(found).hasValue(1);
        assertThat(tracker.size()).isOne();
    }

    @Test
    void noLaterMarkMakesAWindowReadable() {
        tracker.mark(WINDOW, UNREADABLE);

        tracker.mark(WINDOW, READABLE);

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
    }

    @Test
    void aWindowIsReadWhileItIsWrittenDownAndNoLongerOnceItStands() {
        tracker.markBeingListed(WINDOW, READABLE);
        assertThat(tracker.isUnreadable(WINDOW)).isFalse();
        assertThat(tracker.before(WINDOW).isBeingListed()).isTrue();

        tracker.markListed(WINDOW, 7);

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
        assertThat(tracker.before(WINDOW).isBeingListed()).isFalse();
        assertThat(tracker.before(WINDOW).number()).isEqualTo(7);
    }

    @Test
    void aWindowThatCouldNotBeWrittenDownIsReadOnAndStaysStale() {
        tracker.markBeingListed(WINDOW, READABLE);

        tracker.mark(WINDOW, READABLE);

        assertThat(tracker.isUnreadable(WINDOW)).isFalse();
        assertThat(tracker.before(WINDOW).isBeingListed()).isFalse();
    }

    @Test
    void aNumberIsKeptByMarksThatHaveNone() {
        tracker.markListed(WINDOW, 7);

        tracker.mark(WINDOW, READABLE);

        assertThat(tracker.before(WINDOW).number()).isEqualTo(7);
    }

    @Test
    void aLoadSettlesWhatWasKnownBeforeIt() {
        tracker.mark(WINDOW, UNREADABLE);
        Mark before = tracker.before(WINDOW);

        tracker.settle(before);

        assertThat(tracker.isStale(WINDOW)).isFalse();
        assertThat(tracker.size()).isZero();
    }

    @Test
    void aLoadDoesNotSettleWhatHasBeenMarkedMeanwhile() {
        tracker.mark(WINDOW, UNREADABLE);
        Mark before = tracker.before(WINDOW);
        tracker.mark(WINDOW, UNREADABLE);

        tracker.settle(before);

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
    }

    @Test
    void whatOthersHaveWrittenDownIsNotRead() {
        tracker.adopt(List.of(new Marked(WINDOW, 7)));

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
        assertThat(tracker.before(WINDOW).number()).isEqualTo(7);
        assertThat(found).as("others have counted it").hasValue(0);
    }

    @Test
    void anUncertainWindowOnTheListIsNotReadAnyMore() {
        tracker.mark(WINDOW, READABLE);

        tracker.adopt(List.of(new Marked(WINDOW, 7)));

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
    }

    @Test
    void theListDoesNotTakeBackANewerNumber() {
        tracker.markListed(WINDOW, 8);
        Mark known = tracker.before(WINDOW);

        tracker.adopt(List.of(new Marked(WINDOW, 7)));

        assertThat(tracker.before(WINDOW)).isSameAs(known);
    }

    @Test
    void aNewerNumberOnTheListOutlivesALoadThatBeganBeforeIt() {
        tracker.markListed(WINDOW, 7);
        Mark before = tracker.before(WINDOW);
        tracker.adopt(List.of(new Marked(WINDOW, 8)));

        tracker.settle(before);

        assertThat(tracker.before(WINDOW).number()).isEqualTo(8);
    }

    @Test
    void whatOthersHaveHealedIsReadAgain() {
        tracker.adopt(List.of(new Marked(WINDOW, 7)));

        tracker.adopt(List.of());

        assertThat(tracker.isStale(WINDOW)).isFalse();
    }

    @Test
    void aListReadBeforeAWindowWasWrittenDownHealsNothing() {
        tracker.markListed(WINDOW, 7);

        tracker.adopt(List.of());

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
    }

    @Test
    void aWindowThatIsJustBeingWrittenDownAgainIsNotHealedByTheList() {
        tracker.adopt(List.of(new Marked(WINDOW, 7)));
        tracker.markBeingListed(WINDOW, UNREADABLE);

        tracker.adopt(List.of());

        assertThat(tracker.isUnreadable(WINDOW)).isTrue();
    }

    @Test
    void allStaleWindowsAreVisitedReadableOrNot() {
        tracker.mark(WINDOW, READABLE);
        tracker.mark(window(OTHER), UNREADABLE);
        List<WindowRef> visited = new ArrayList<>();

        tracker.forEach(visited::add);

        assertThat(visited).containsExactlyInAnyOrder(WINDOW, window(OTHER));
    }
}
