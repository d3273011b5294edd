package dev.laurel.standings.audit;

import dev.laurel.standings.audit.AuditReads.Holding;
import dev.laurel.standings.audit.AuditReads.Scanned;
import dev.laurel.standings.audit.HeldStanding.Verdict;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.load.StoredStanding;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares one ranking in both stores while it is being written to, and repairs it.
 *
 * <p>The pass walks PostgreSQL in the order of player ids and looks up each page in Redis. A standing in flight looks
 * different without being wrong, so it is checked again later and judged by two facts: after a pause longer than any
 * writer needs, Redis must have what PostgreSQL had before the pause; and Redis has nothing that PostgreSQL did not
 * have first. If Redis holds more players than the walk met, the pass ends with a search for players that only Redis
 * holds.
 */
final class AuditPass {
    /** Pause between two pages, to let other work go first. */
    private static final Duration BREATH = Duration.ofMillis(10);

    private final AuditReads reads;
    private final AuditRepair repair;
    private final Duration settle;
    private final RankingRef ranking;
    private final List<StoredStanding> suspicious = new ArrayList<>();
    private String last = "";
    private long compared;
    private long carried;
    private long broken;

    /** @param settle longer than a writer needs from its commit until Redis has the standing */
    AuditPass(AuditReads reads, AuditRepair repair, Duration settle, RankingRef ranking) {
        this.reads = reads;
        this.repair = repair;
        this.settle = settle;
        this.ranking = ranking;
    }

    Uni<WindowAudit> run() {
        if (!repair.trusts(ranking.window())) {
            return Uni.createFrom().item(ended(Outcome.NOT_LOADED));
        }
        return reads.held(ranking, List.of())
                .invoke(this::compareSizes)
                .chain(this::walk)
                .chain(this::lookAgain)
                .chain(this::lookForGhosts)
                .chain(this::end)
                .onFailure(NotLoaded.class)
                .recoverWithItem(() -> ended(Outcome.NOT_LOADED))
                .onFailure(WindowMoved.class)
                .recoverWithItem(() -> ended(Outcome.CLOSED));
    }

    private Uni<Void> walk() {
        return Multi.createBy()
                .repeating()
                .uni(() -> nextPage())
                .until(size -> size == 0 || broken > 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> nextPage() {
        return reads.page(ranking, last)
                .call(page -> page.isEmpty() ? Uni.createFrom().voidItem() : comparePage(page))
                .map(List::size);
    }

    private Uni<Void> comparePage(List<StoredStanding> page) {
        last = page.get(page.size() - 1).playerId();
        return reads.held(ranking, ids(page))
                .invoke(holding -> compare(page, holding))
                .chain(() ->
                        suspicious.size() < AuditReads.PAGE ? Uni.createFrom().voidItem() : lookAgain())
                .chain(() -> reads.pause(BREATH));
    }

    private void compare(List<StoredStanding> page, Holding holding) {
        compareSizes(holding);
        compared += page.size();
        repair.compared(page.size());
        for (int i = 0; i < page.size(); i++) {
            switch (holding.held().get(i).beside(page.get(i))) {
                case DAMAGED -> broken++;
                case BEHIND, AHEAD -> suspicious.add(page.get(i));
                case EQUAL -> {}
            }
        }
    }

    private void compareSizes(Holding holding) {
        broken += holding.disagreement();
    }

    /** Judges the differences found, and copies to Redis what it lacks. */
    private Uni<Void> lookAgain() {
        if (suspicious.isEmpty() || broken > 0) {
            return Uni.createFrom().voidItem();
        }
        List<StoredStanding> before = List.copyOf(suspicious);
        suspicious.clear();
        return reads.pause(settle)
                // Redis first: PostgreSQL, read after it, has whatever Redis had.
                .chain(() -> reads.held(ranking, ids(before)))
                .chain(holding -> reads.stored(ranking, ids(before)).map(now -> behind(before, holding, now)))
                .chain(this::carry);
    }

    private List<String> behind(List<StoredStanding> before, Holding holding, List<StoredStanding> now) {
        compareSizes(holding);
        Map<String, StoredStanding> stored = byPlayer(now);
        List<String> behind = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            StoredStanding then = before.get(i);
            HeldStanding held = holding.held().get(i);
            // A standing disappears from PostgreSQL only when the window is closing, which is checked at the end.
            Verdict verdict = held.beside(stored.getOrDefault(then.playerId(), then));
            if (verdict == Verdict.DAMAGED || verdict == Verdict.AHEAD) {
                broken++;
            } else if (verdict == Verdict.BEHIND && held.beside(then) == Verdict.BEHIND) {
                behind.add(then.playerId());
            }
        }
        return behind;
    }

    /** More than a page is too much to copy while wrong ranks are being read. */
    private Uni<Void> carry(List<String> behind) {
        if (broken > 0 || behind.size() >= AuditReads.PAGE) {
            broken += behind.size();
            return Uni.createFrom().voidItem();
        }
        if (behind.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return repair.carry(ranking.window(), behind).invoke(() -> carried += behind.size());
    }

    /** A player who enters after the walk has passed also makes Redis hold more; the search then finds nothing. */
    private Uni<Void> lookForGhosts() {
        if (broken > 0) {
            return Uni.createFrom().voidItem();
        }
        return reads.held(ranking, List.of())
                .invoke(this::compareSizes)
                .chain(holding -> broken > 0 || holding.players() <= compared
                        ? Uni.createFrom().voidItem()
                        : search());
    }

    private Uni<Void> search() {
        return Multi.createBy()
                .repeating()
                .uni(Search::new, this::searchOn)
                .whilst(cursor -> !cursor.equals(Scanned.END) && broken == 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<String> searchOn(Search search) {
        return reads.scan(ranking, search.cursor)
                .call(scanned -> reads.stored(ranking, scanned.players())
                        .invoke(stored -> broken += ghosts(scanned.players(), stored)))
                .call(() -> reads.pause(BREATH))
                .map(scanned -> search.cursor = scanned.cursor());
    }

    private static long ghosts(List<String> players, List<StoredStanding> stored) {
        Set<String> unknown = new HashSet<>(players);
        stored.forEach(one -> unknown.remove(one.playerId()));
        return unknown.size();
    }

    private Uni<WindowAudit> end() {
        if (broken == 0) {
            return Uni.createFrom().item(ended(carried == 0 ? Outcome.EQUAL : Outcome.REPAIRED));
        }
        // A window that is being closed loses players in PostgreSQL: that is not a difference.
        return reads.isOpen(ranking.window())
                .chain(open -> open ? rebuild() : Uni.createFrom().item(ended(Outcome.CLOSED)));
    }

    private Uni<WindowAudit> rebuild() {
        return repair.rebuild(ranking.window(), broken).map(done -> {
            long rows = carried + broken;
            return new WindowAudit(ranking.window(), Outcome.REBUILT, compared, rows, rows);
        });
    }

    private WindowAudit ended(Outcome outcome) {
        return new WindowAudit(ranking.window(), outcome, compared, carried, carried);
    }

    private static List<String> ids(List<StoredStanding> standings) {
        return standings.stream().map(StoredStanding::playerId).toList();
    }

    private static Map<String, StoredStanding> byPlayer(List<StoredStanding> standings) {
        return standings.stream()
                .collect(Collectors.toMap(StoredStanding::playerId, Function.identity(), (a, b) -> b, HashMap::new));
    }

    /** The progress of a search. */
    private static final class Search {
        private String cursor = Scanned.END;
    }
}
