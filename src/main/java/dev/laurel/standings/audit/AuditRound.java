package dev.laurel.standings.audit;

import dev.laurel.standings.audit.RestingAudits.Claimed;
import dev.laurel.standings.audit.RestingAudits.Ended;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.redis.RedisSizes;
import dev.laurel.standings.redis.WindowSizes;
import dev.laurel.standings.redis.WindowSizes.State;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One look at windows, as few standings of them as possible: a window in which nothing has changed since it was found equal
 * rests, of one in which something has, the players who have changed are compared.
 */
@ApplicationScoped
class AuditRound {
    private final RestingAudits audits;
    private final ChangedPlayers changes;
    private final RedisSizes redis;
    private final WindowComparisons comparisons;
    private final AuditRepair repair;
    private final WindowAudits findings;

    AuditRound(
            RestingAudits audits,
            ChangedPlayers changes,
            RedisSizes redis,
            WindowComparisons comparisons,
            AuditRepair repair,
            WindowAudits findings) {
        this.audits = audits;
        this.changes = changes;
        this.redis = redis;
        this.comparisons = comparisons;
        this.repair = repair;
        this.findings = findings;
    }

    /** Looks at windows that were claimed. Answers what was found in those that did not rest. */
    Uni<List<WindowAudit>> run(List<Claimed> windows, AuditPace pace) {
        // Sizes first: what Redis has got by then, the look for changes sees.
        return sizes(windows)
                .chain(sizes -> changes.of(windows).chain(changed -> look(due(windows, sizes, changed), pace)));
    }

    private static List<Due> due(
            List<Claimed> windows, Map<WindowRef, WindowSizes> sizes, Map<Integer, Set<String>> changed) {
        return windows.stream()
                .map(one -> new Due(
                        one,
                        sizes.get(one.window()),
                        List.copyOf(changed.getOrDefault(one.window().board().id(), Set.of()))))
                .toList();
    }

    private Uni<Map<WindowRef, WindowSizes>> sizes(List<Claimed> windows) {
        Map<Integer, List<WindowRef>> byBoard = windows.stream()
                .map(Claimed::window)
                .collect(Collectors.groupingBy(window -> window.board().id()));
        Map<WindowRef, WindowSizes> sizes = new HashMap<>();
        return Multi.createFrom()
                .iterable(byBoard.values())
                .onItem()
                .transformToUniAndConcatenate(own -> redis.of(own).invoke(sizes::putAll))
                .collect()
                .last()
                .replaceWith(sizes);
    }

    private Uni<List<WindowAudit>> look(List<Due> windows, AuditPace pace) {
        List<Ended> rested = new ArrayList<>();
        List<Due> due = new ArrayList<>();
        for (Due one : windows) {
            if (!repair.trusts(one.window()) || one.isUnread()) {
                rested.add(new Ended(one.window(), null, null, 0, 0, false));
            } else if (one.rests()) {
                rested.add(one.equal(one.sizes(), 0, false));
                repair.rested();
            } else {
                due.add(one);
            }
        }
        Uni<Void> recorded = rested.isEmpty() ? Uni.createFrom().voidItem() : audits.ended(rested);
        return recorded.chain(() -> compareAll(due, pace));
    }

    private Uni<List<WindowAudit>> compareAll(List<Due> due, AuditPace pace) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(one -> pace.goesOn() ? compare(one, pace) : later(one))
                .collect()
                .asList();
    }

    /** It is among the first of the next run. */
    /** It is among the first of the next run. */
    private Uni<WindowAudit> later(Due due) {
        return findings.release(List.of(due.window())).replaceWith((WindowAudit) null);
    }

    private Uni<WindowAudit> compare(Due due, AuditPace pace) {
        return (due.whole() ? comparisons.whole(due.window()) : comparisons.players(due.window(), due.changed(), pace))
                .invoke(found -> pace.compared(found.compared()))
                .call(found -> sizes(List.of(due.claimed()))
                        .chain(now -> audits.ended(List.of(due.ended(found, now.get(due.window()))))))
                .call(found -> due.whole()
                        ? comparisons.rolling(due.window())
                        : Uni.createFrom().voidItem());
    }

    /**
     * A window that was claimed, with what has happened to it.
     *
     * @param changed players of the board of whom something has changed
     */
    record Due(Claimed claimed, WindowSizes sizes, List<String> changed) {
        /** Reads of it go to PostgreSQL. */
        boolean isUnread() {
            return sizes.state() == State.NOT_LOADED || sizes.state() == State.CLOSED;
        }

        boolean rests() {
            return claimed.wasEqual()
                    && sizes.state() == State.COMPLETE
                    && changed.isEmpty()
                    && sizes.mayFollow(claimed.sizes(), 0);
        }

        /** One page is looked up as quickly as a few of its players. */
        boolean whole() {
            return !claimed.wasEqual()
                    || sizes.state() == State.TORN
                    || claimed.standings() <= AuditReads.PAGE
                    || !sizes.mayFollow(claimed.sizes(), changed.size());
        }

        WindowRef window() {
            return claimed.window();
        }

        Ended equal(WindowSizes now, long compared, boolean complete) {
            return new Ended(window(), claimed.now(), now.text(), compared, 0, complete);
        }

        /** A window with a difference, and one that was not there, is compared completely the next time. */
        Ended ended(WindowAudit found, WindowSizes now) {
            boolean complete = found.isWhole() && whole();
            return found.outcome() == Outcome.EQUAL && now.state() == State.COMPLETE
                    ? equal(now, found.compared(), complete)
                    : new Ended(window(), null, null, found.compared(), found.different(), complete);
        }
    }
}
