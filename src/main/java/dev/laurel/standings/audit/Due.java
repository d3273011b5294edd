package dev.laurel.standings.audit;

import dev.laurel.standings.audit.ChangedPlayers.Changes;
import dev.laurel.standings.audit.RestingAudits.Claimed;
import dev.laurel.standings.audit.RestingAudits.Ended;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.redis.WindowSizes;
import dev.laurel.standings.redis.WindowSizes.State;
import dev.laurel.standings.window.WindowRef;

import java.util.List;

/**
 * A window that was claimed, with what has happened to it.
 *
 * @param changed players of the board of whom something has changed
 * @param gone how many of them may have left rankings
 * @param more whether more has changed than these
 */
record Due(Claimed claimed, WindowSizes sizes, List<String> changed, int gone, boolean more) {
    static Due of(Claimed one, WindowSizes sizes, Changes changes) {
        int board = one.window().board().id();
        List<String> changed = changes.players(board);
        // Where an event may take a value from its player, that player leaves a ranking.
        boolean mayLeave = !one.window().board().definition().metricRules().isNone();
        int gone = mayLeave ? changed.size() : changes.decided(board);
        return new Due(one, sizes, changed, gone, one.wasEqual() && changes.hasMore(one));
    }

    /** Reads of it go to PostgreSQL. */
    boolean isUnread() {
        return sizes.state() == State.NOT_LOADED || sizes.state() == State.CLOSED;
    }

    boolean rests() {
        return claimed.wasEqual()
                && sizes.state() == State.COMPLETE
                && changed.isEmpty()
                && !more
                && sizes.mayFollow(claimed.sizes(), 0, 0);
    }

    /** One page is looked up as quickly as a few of its players. */
    boolean whole() {
        return !claimed.wasEqual()
                || more
                || sizes.state() == State.TORN
                || claimed.standings() <= AuditReads.PAGE
                || !sizes.mayFollow(claimed.sizes(), changed.size(), gone);
    }

    boolean isQuick() {
        return !whole() || claimed.wasEqual() && claimed.standings() <= AuditReads.PAGE;
    }

    WindowRef window() {
        return claimed.window();
    }

    Ended equal(WindowSizes now, long compared, boolean complete) {
        return new Ended(claimed, claimed.now(), now.text(), compared, 0, complete);
    }

    /** A window with a difference, and one that was not there, is compared completely the next time. */
    Ended ended(WindowAudit found, WindowSizes now) {
        boolean complete = found.isWhole() && whole();
        return found.outcome() == Outcome.EQUAL && now.isComplete()
                ? equal(now, found.compared(), complete)
                : new Ended(claimed, null, null, found.compared(), found.different(), complete);
    }
}
