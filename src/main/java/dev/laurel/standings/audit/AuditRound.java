package dev.laurel.standings.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.standings.audit.ChangedPlayers.Changes;
import dev.laurel.standings.audit.RestingAudits.Claimed;
import dev.laurel.standings.audit.RestingAudits.Ended;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.redis.RedisSizes;
import dev.laurel.standings.redis.WindowSizes;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One look at windows, as few standings of them as possible: a window in which nothing has changed since it was found equal
 * rests, of one in which something has, the players who have changed are compared. What cannot be looked at keeps nothing else
 * from being looked at.
 */
@ApplicationScoped
class AuditRound {
    /** Comparisons side by side: most of their time they wait. */
    private static final int AT_ONCE = 32;

    private static final int MAX_FAILED = 10_000;

    private final RestingAudits audits;
    private final ChangedPlayers changes;
    private final RedisSizes redis;
    private final WindowComparisons comparisons;
    private final AuditRepair repair;
    private final WindowAudits findings;

    /** Windows that could not be compared a while ago. */
    private final Cache<WindowRef, Boolean> failed = Caffeine.newBuilder()
            .maximumSize(MAX_FAILED)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

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

    /** Looks at windows that were claimed. */
    Uni<Looked> run(List<Claimed> windows, AuditPace pace) {
        // Sizes first: what Redis has got by then, the look for changes sees.
        return sizes(windows, pace)
                .chain(sizes -> changes.of(windows).map(changed -> due(windows, sizes, changed)))
                .chain(due -> look(due, pace))
                // Those for which there was no time are among the first of the next run.
                .call(() ->
                        findings.release(windows.stream().map(Claimed::window).toList()));
    }

    private static List<Due> due(List<Claimed> windows, Map<WindowRef, WindowSizes> sizes, Changes changed) {
        return windows.stream()
                .filter(one -> sizes.containsKey(one.window()))
                .map(one -> Due.of(one, sizes.get(one.window()), changed))
                .toList();
    }

    private Uni<Map<WindowRef, WindowSizes>> sizes(List<Claimed> windows, AuditPace pace) {
        Map<Integer, List<WindowRef>> byBoard = windows.stream()
                .map(Claimed::window)
                .collect(Collectors.groupingBy(window -> window.board().id()));
        Map<WindowRef, WindowSizes> sizes = new HashMap<>();
        return Multi.createFrom()
                .iterable(byBoard.values())
                .onItem()
                .transformToUniAndConcatenate(own -> pace.goesOn()
                        ? pace.orSkip(redis.of(own)).invoke(found -> sizes.putAll(found == null ? Map.of() : found))
                        : Uni.createFrom().nullItem())
                .collect()
                .last()
                .replaceWith(sizes);
    }

    private Uni<Looked> look(List<Due> windows, AuditPace pace) {
        List<Ended> rested = new ArrayList<>();
        List<Due> due = new ArrayList<>();
        List<Claimed> walkable = new ArrayList<>();
        for (Due one : windows) {
            if (!repair.trusts(one.window()) || one.isUnread()) {
                rested.add(Ended.unknown(one.claimed(), 0));
            } else if (one.rests()) {
                rested.add(one.equal(one.sizes(), 0, false));
                walkable.add(one.claimed());
                repair.rested();
            } else {
                due.add(one);
            }
        }
        Uni<Void> recorded = rested.isEmpty() ? Uni.createFrom().voidItem() : audits.ended(rested);
        return recorded.chain(() -> compareAll(due, pace)).map(found -> {
            walkable.addAll(equalInPart(due, found));
            return new Looked(found, walkable);
        });
    }

    /** Those that were found equal, and not compared completely. */
    private static List<Claimed> equalInPart(List<Due> due, List<WindowAudit> found) {
        Set<WindowRef> equal = found.stream()
                .filter(one -> one.outcome() == Outcome.EQUAL)
                .map(WindowAudit::window)
                .collect(Collectors.toSet());
        return due.stream()
                .filter(one -> !one.whole() && equal.contains(one.window()))
                .map(Due::claimed)
                .toList();
    }

    /** The quick ones side by side, since each may have to wait for what is in flight; then the others, one by one. */
    private Uni<List<WindowAudit>> compareAll(List<Due> due, AuditPace pace) {
        List<Due> quick =
                due.stream().filter(one -> one.isQuick() && !hasFailed(one)).toList();
        List<Due> slow = new ArrayList<>(due);
        slow.removeAll(quick);
        slow.sort(Comparator.comparing(this::hasFailed));
        return compareAll(quick, AT_ONCE, pace).chain(found -> compareAll(slow, 1, pace)
                .map(more -> Stream.concat(found.stream(), more.stream()).toList()));
    }

    private boolean hasFailed(Due due) {
        return failed.getIfPresent(due.window()) != null;
    }

    private Uni<List<WindowAudit>> compareAll(List<Due> due, int atOnce, AuditPace pace) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(one -> Uni.createFrom()
                        .deferred(() -> pace.goesOn()
                                ? compareOrSkip(one, pace)
                                : Uni.createFrom().nullItem()))
                .merge(atOnce)
                .collect()
                .asList();
    }

    /** A window that cannot be compared comes after all others for a while. */
    private Uni<WindowAudit> compareOrSkip(Due due, AuditPace pace) {
        return pace.orSkip(compare(due, pace).onFailure().invoke(failure -> failed.put(due.window(), true)));
    }

    private Uni<WindowAudit> compare(Due due, AuditPace pace) {
        return (due.whole() ? comparisons.whole(due.window()) : comparisons.players(due.window(), due.changed(), pace))
                .invoke(found -> pace.compared(found.compared()))
                .call(found -> redis.of(List.of(due.window()))
                        .chain(now -> audits.ended(List.of(due.ended(found, now.get(due.window()))))))
                .call(found -> due.whole()
                        ? comparisons.rolling(due.window())
                        : Uni.createFrom().voidItem());
    }

    /**
     * What a look has found.
     *
     * @param found in the windows that did not rest
     * @param walkable the windows whose complete walk goes on
     */
    record Looked(List<WindowAudit> found, List<Claimed> walkable) {}
}
