package dev.laurel.standings.audit;

import dev.laurel.standings.audit.RestingAudits.Claimed;
import dev.laurel.standings.audit.RestingAudits.Ended;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.window.WindowMoved;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Goes through everything once in a time, a few pages in each run: what somebody has changed by hand in a window at rest is
 * found by nothing else.
 */
@ApplicationScoped
class CompleteWalk {
    /** The rest is for runs that come later than they should. */
    private static final double SHARE = 0.8;

    /** Those under way first, then those that wait for the longest. */
    private static final Comparator<Claimed> ORDER = Comparator.<Claimed, Boolean>comparing(
                    one -> one.walk().equals(WalkPosition.START))
            .thenComparing(
                    one -> one.walkedSeconds() == null ? Double.MAX_VALUE : one.walkedSeconds(),
                    Comparator.reverseOrder());

    private final RestingAudits audits;
    private final WindowComparisons comparisons;
    private final AuditRepair repair;
    private final Duration complete;

    CompleteWalk(RestingAudits audits, WindowComparisons comparisons, AuditRepair repair, AuditConfig config) {
        this.audits = audits;
        this.comparisons = comparisons;
        this.repair = repair;
        this.complete = config.complete();
    }

    /** Goes on with the walk of windows that this process has looked at and found equal, for as many pages as are due. */
    Uni<List<WindowAudit>> run(List<Claimed> windows, AuditPace pace) {
        List<Claimed> next = windows.stream().sorted(ORDER).toList();
        double due = windows.stream().mapToDouble(this::pages).sum();
        Budget budget = new Budget((long) Math.ceil(due));
        return Multi.createFrom()
                .iterable(next)
                .onItem()
                .transformToUniAndConcatenate(one -> pace.goesOn() && budget.isLeft()
                        ? pace.orSkip(walk(one, one.walk(), pace, budget))
                        : Uni.createFrom().nullItem())
                .collect()
                .in(ArrayList<WindowAudit>::new, List::add)
                .map(List::copyOf);
    }

    /** The share of its pages, in both stores, that is due since it was looked at before. */
    private double pages(Claimed one) {
        double all = 2.0 * one.standings() / AuditReads.PAGE
                + 2.0 * one.window().rankings().size();
        double seconds = one.seconds() == null ? 0 : one.seconds();
        return all * Math.min(1, seconds / (SHARE * complete.toSeconds()));
    }

    private Uni<WindowAudit> walk(Claimed one, WalkPosition from, AuditPace pace, Budget budget) {
        WindowRef window = one.window();
        if (from.metric() >= window.rankings().size()) {
            return audits.walked(window, from.met())
                    .invoke(repair::walked)
                    .chain(() -> comparisons.rolling(window))
                    .replaceWith((WindowAudit) null);
        }
        Comparison found = comparisons.begin(window.by(from.metric()));
        WalkSlice slice = comparisons.slice(found, pace, from);
        BooleanSupplier mayGoOn = () -> pace.goesOn() && slice.pages() < budget.left;
        return slice.run(mayGoOn)
                .invoke(() -> budget.left -= slice.pages())
                .chain(position -> found.end()
                        .chain(end -> end.outcome() == Outcome.EQUAL
                                ? goOn(one, position, pace, budget)
                                // The next run compares all of it.
                                : audits.ended(List.of(Ended.unknown(one, end.different())))
                                        .replaceWith(end)))
                .onFailure(failure -> failure instanceof NotLoaded || failure instanceof WindowMoved)
                .recoverWithNull();
    }

    private Uni<WindowAudit> goOn(Claimed one, WalkPosition position, AuditPace pace, Budget budget) {
        boolean through = position.metric() >= one.window().rankings().size();
        return through || budget.isLeft() && pace.goesOn()
                ? walk(one, position, pace, budget)
                : audits.walking(one.window(), position).replaceWith((WindowAudit) null);
    }

    /** Pages that may still be read in a run. */
    private static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }

        boolean isLeft() {
            return left > 0;
        }
    }
}
