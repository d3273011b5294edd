package dev.laurel.standings.audit;

import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.function.BooleanSupplier;

/** A few steps of the complete walk of a window, within one of its rankings. */
final class WalkSlice {
    private final AuditReads reads;
    private final Comparison found;
    private final AuditPace pace;
    private WalkPosition position;
    private int pages;

    WalkSlice(AuditReads reads, Comparison found, AuditPace pace, WalkPosition from) {
        this.reads = reads;
        this.found = found;
        this.pace = pace;
        this.position = from;
    }

    /** Pages of both stores that have been read. */
    int pages() {
        return pages;
    }

    /** Goes on while it may, to the end of the ranking at most. Answers how far it has come. */
    Uni<WalkPosition> run(BooleanSupplier mayGoOn) {
        int metric = position.metric();
        return Multi.createBy()
                .repeating()
                .uni(this::step)
                .whilst(now -> now.metric() == metric && !found.isBroken() && mayGoOn.getAsBoolean())
                .collect()
                .last()
                .call(found::judge);
    }

    private Uni<WalkPosition> step() {
        pages++;
        return pace.then(reads, position.inRedis() ? scan() : page()).map(done -> position);
    }

    private Uni<Void> page() {
        RankingRef ranking = found.ranking();
        return reads.page(ranking, position.at()).chain(page -> {
            if (page.isEmpty()) {
                position = position.toRedis();
                return Uni.createFrom().voidItem();
            }
            pace.compared(page.size());
            position = position.after(page.get(page.size() - 1).playerId(), page.size());
            return found.page(page);
        });
    }

    private Uni<Void> scan() {
        return reads.scan(found.ranking(), position.at()).chain(scanned -> {
            List<String> players = scanned.players();
            pace.compared(players.size());
            position = position.scanned(scanned.cursor());
            return found.met(players);
        });
    }
}
