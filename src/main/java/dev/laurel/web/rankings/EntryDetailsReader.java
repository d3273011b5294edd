package dev.laurel.web.rankings;

import dev.laurel.ranking.ShownPlayers;
import dev.laurel.ranking.movement.PreviousPlaces;
import dev.laurel.ranking.row.Rows;
import dev.laurel.ranking.row.ShownRows;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.tier.Tiers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;

/** Reads what entries of a ranking show in addition to their standings. */
@ApplicationScoped
class EntryDetailsReader {
    private final ShownPlayers players;
    private final ShownRows rows;
    private final Tiers tiers;

    EntryDetailsReader(ShownPlayers players, ShownRows rows, Tiers tiers) {
        this.players = players;
        this.rows = rows;
        this.tiers = tiers;
    }

    /**
     * What is to be shown of players.
     *
     * @param previous that movements are measured against
     */
    Uni<EntryDetails> of(RankingRef ranking, List<String> playerIds, Wanted wanted, PreviousPlaces previous) {
        return players.of(ranking, playerIds, wanted.with().players())
                .chain(shown -> rows.of(ranking, wanted.windowId(), playerIds, wanted.rows())
                        .chain(own -> tiers(ranking, playerIds, wanted)
                                .map(tier -> new EntryDetails(previous, shown, own, tier))));
    }

    private Uni<Map<String, String>> tiers(RankingRef ranking, List<String> playerIds, Wanted wanted) {
        return wanted.with().tier()
                ? tiers.of(ranking, wanted.windowId(), playerIds)
                : Uni.createFrom().item(Map.of());
    }

    /** A number that grows when anything that may be shown has changed, as far as this process knows. */
    long stamp() {
        return players.stamp() + tiers.stamp();
    }

    /**
     * What is to be shown.
     *
     * @param windowId the window as it was asked for
     * @param rows with what the read of the ranking has found
     */
    record Wanted(EntryFields with, String windowId, Rows rows) {}
}
