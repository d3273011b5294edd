package dev.laurel.standings.audit;

import dev.laurel.standings.audit.AuditReads.Scanned;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.load.StoredStanding;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.List;

/**
 * Compares all of one ranking in both stores while it is being written to, and repairs it.
 *
 * <p>The pass walks PostgreSQL in the order of player ids and looks up each page in Redis. If Redis holds more players than
 * the walk met, the pass ends with a search for players that only Redis holds.
 */
final class AuditPass {
    /** Pause between two pages, to let other work go first. */
    static final Duration BREATH = Duration.ofMillis(10);

    private final AuditReads reads;
    private final AuditRepair repair;
    private final RankingRef ranking;
    private final Comparison found;
    private String last = "";

    /** @param settle longer than a writer needs from its commit until Redis has the standing */
    AuditPass(AuditReads reads, AuditRepair repair, Duration settle, RankingRef ranking) {
        this.reads = reads;
        this.repair = repair;
        this.ranking = ranking;
        this.found = new Comparison(reads, repair, settle, ranking);
    }

    Uni<WindowAudit> run() {
        if (!repair.trusts(ranking.window())) {
            return Uni.createFrom().item(found.ended(Outcome.NOT_LOADED));
        }
        return recovered(reads.held(ranking, List.of())
                .invoke(found::sizes)
                .chain(this::walk)
                .chain(found::judge)
                .chain(this::lookForGhosts)
                .chain(found::end));
    }

    /** Compares only what both stores have of some players, with pauses that are given. */
    Uni<WindowAudit> run(List<String> players, AuditPace pace) {
        return recovered(Multi.createFrom()
                .iterable(players)
                .group()
                .intoLists()
                .of(AuditReads.PAGE)
                .onItem()
                .transformToUniAndConcatenate(
                        page -> found.isBroken() ? Uni.createFrom().voidItem() : pace.then(reads, found.players(page)))
                .collect()
                .last()
                .chain(found::judge)
                .chain(found::end));
    }

    private Uni<WindowAudit> recovered(Uni<WindowAudit> pass) {
        return pass.onFailure(NotLoaded.class)
                .recoverWithItem(() -> found.ended(Outcome.NOT_LOADED))
                .onFailure(WindowMoved.class)
                .recoverWithItem(() -> found.ended(Outcome.CLOSED));
    }

    private Uni<Void> walk() {
        return Multi.createBy()
                .repeating()
                .uni(() -> nextPage())
                .until(size -> size == 0 || found.isBroken())
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
        return found.page(page).chain(() -> reads.pause(BREATH));
    }

    /** A player who enters after the walk has passed also makes Redis hold more; the search then finds nothing. */
    private Uni<Void> lookForGhosts() {
        if (found.isBroken()) {
            return Uni.createFrom().voidItem();
        }
        return reads.held(ranking, List.of())
                .invoke(found::sizes)
                .chain(holding -> found.isBroken() || holding.players() <= found.compared()
                        ? Uni.createFrom().voidItem()
                        : search().chain(found::judge));
    }

    private Uni<Void> search() {
        return Multi.createBy()
                .repeating()
                .uni(Search::new, this::searchOn)
                .whilst(cursor -> !cursor.equals(Scanned.END) && !found.isBroken())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<String> searchOn(Search search) {
        return reads.scan(ranking, search.cursor)
                .call(scanned -> found.met(scanned.players()))
                .call(() -> reads.pause(BREATH))
                .map(scanned -> search.cursor = scanned.cursor());
    }

    /** The progress of a search. */
    private static final class Search {
        private String cursor = Scanned.END;
    }
}
