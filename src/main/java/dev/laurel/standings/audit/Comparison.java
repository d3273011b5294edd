package dev.laurel.standings.audit;

import dev.laurel.standings.audit.AuditReads.Holding;
import dev.laurel.standings.audit.HeldStanding.Verdict;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.load.StoredStanding;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has been found so far in one ranking while it is being written to, and what is done about it.
 *
 * <p>A standing in flight looks different without being wrong, so it is checked again later and judged by two facts: after
 * a pause longer than any writer needs, Redis must have what PostgreSQL had before the pause; and Redis has nothing that
 * PostgreSQL did not have first.
 */
final class Comparison {
    private final AuditReads reads;
    private final AuditRepair repair;
    private final Duration settle;
    private final RankingRef ranking;
    private final List<Doubt> doubts = new ArrayList<>();
    private long compared;
    private long carried;
    private long broken;

    /** @param settle longer than a writer needs from its commit until Redis has the standing */
    Comparison(AuditReads reads, AuditRepair repair, Duration settle, RankingRef ranking) {
        this.reads = reads;
        this.repair = repair;
        this.settle = settle;
        this.ranking = ranking;
    }

    RankingRef ranking() {
        return ranking;
    }

    long compared() {
        return compared;
    }

    /** Whether the window has to be loaded again: nothing more need be compared. */
    boolean isBroken() {
        return broken > 0;
    }

    /** Set and hash always change together. */
    void sizes(Holding holding) {
        broken += holding.disagreement();
    }

    /** Compares standings of PostgreSQL with what Redis has of these players. */
    Uni<Void> page(List<StoredStanding> page) {
        return reads.held(ranking, ids(page))
                .invoke(holding -> compare(page, holding))
                .chain(this::judgeIfMany);
    }

    /** Compares what both stores have of players, of whom either may have none. */
    Uni<Void> players(List<String> players) {
        return reads.stored(ranking, players)
                .chain(stored -> reads.held(ranking, players).invoke(holding -> compare(players, stored, holding)))
                .chain(this::judgeIfMany);
    }

    /** Looks for players, met in Redis, whom PostgreSQL does not have. */
    Uni<Void> met(List<String> players) {
        return players.isEmpty()
                ? Uni.createFrom().voidItem()
                : reads.stored(ranking, players)
                        .invoke(stored -> doubt(players, stored))
                        .chain(this::judgeIfMany);
    }

    private void doubt(List<String> players, List<StoredStanding> stored) {
        Map<String, StoredStanding> known = byPlayer(stored);
        players.stream()
                .filter(player -> !known.containsKey(player))
                .forEach(player -> doubts.add(new Doubt(player, null)));
    }

    private void compare(List<String> players, List<StoredStanding> stored, Holding holding) {
        Map<String, StoredStanding> known = byPlayer(stored);
        List<StoredStanding> page = new ArrayList<>(stored.size());
        List<HeldStanding> held = new ArrayList<>(stored.size());
        for (int i = 0; i < players.size(); i++) {
            StoredStanding one = known.get(players.get(i));
            if (one != null) {
                page.add(one);
                held.add(holding.held().get(i));
            } else if (!holding.held().get(i).isMissing()) {
                doubts.add(new Doubt(players.get(i), null));
            }
        }
        compare(page, new Holding(holding.players(), holding.members(), held));
    }

    private void compare(List<StoredStanding> page, Holding holding) {
        sizes(holding);
        compared += page.size();
        repair.compared(page.size());
        for (int i = 0; i < page.size(); i++) {
            switch (holding.held().get(i).beside(page.get(i))) {
                case DAMAGED -> broken++;
                case BEHIND, AHEAD -> doubts.add(new Doubt(page.get(i).playerId(), page.get(i)));
                case EQUAL -> {}
            }
        }
    }

    private Uni<Void> judgeIfMany() {
        return doubts.size() < AuditReads.PAGE ? Uni.createFrom().voidItem() : judge();
    }

    /** Judges the differences found, and copies to Redis what it lacks. */
    Uni<Void> judge() {
        if (doubts.isEmpty() || broken > 0) {
            return Uni.createFrom().voidItem();
        }
        List<Doubt> before = List.copyOf(doubts);
        List<String> players = before.stream().map(Doubt::player).toList();
        doubts.clear();
        return reads.pause(settle)
                // Redis first: PostgreSQL, read after it, has whatever Redis had.
                .chain(() -> reads.held(ranking, players))
                .chain(holding -> reads.stored(ranking, players).map(now -> behind(before, holding, now)))
                .chain(this::carry);
    }

    private List<String> behind(List<Doubt> before, Holding holding, List<StoredStanding> now) {
        sizes(holding);
        Map<String, StoredStanding> stored = byPlayer(now);
        List<String> behind = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            StoredStanding then = before.get(i).then();
            HeldStanding held = holding.held().get(i);
            // A standing disappears from PostgreSQL when the window is closing, which is checked at the end, or when
            // the
            // player has left the ranking.
            StoredStanding known = stored.getOrDefault(before.get(i).player(), then);
            if (known == null) {
                broken += held.isMissing() ? 0 : 1;
                continue;
            }
            Verdict verdict = held.beside(known);
            if (verdict == Verdict.DAMAGED || verdict == Verdict.AHEAD) {
                broken++;
            } else if (verdict == Verdict.BEHIND && then != null && held.beside(then) == Verdict.BEHIND) {
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

    /** Ends it, and has the window loaded again if that is needed. */
    Uni<WindowAudit> end() {
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

    /** The findings, with an outcome that needs nothing to be done. */
    WindowAudit ended(Outcome outcome) {
        return new WindowAudit(ranking.window(), outcome, compared, carried, carried);
    }

    private static List<String> ids(List<StoredStanding> standings) {
        return standings.stream().map(StoredStanding::playerId).toList();
    }

    private static Map<String, StoredStanding> byPlayer(List<StoredStanding> standings) {
        return standings.stream()
                .collect(Collectors.toMap(StoredStanding::playerId, Function.identity(), (a, b) -> b, HashMap::new));
    }

    /**
     * A player whose standings look different.
     *
     * @param then what PostgreSQL had when it was noticed; null if only Redis had something
     */
    private record Doubt(String player, StoredStanding then) {}
}
