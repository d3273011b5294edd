package dev.laurel.ranking;

import dev.laurel.player.PlayerKey;
import dev.laurel.player.RecordChanged;
import dev.laurel.shared.Tenant;
import dev.laurel.standings.unranked.UnrankedPlayers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;

/** Has rankings follow the records of players: who is hidden or banned takes no rank. */
@ApplicationScoped
class RankedByRecord implements RecordChanged {
    private final UnrankedPlayers unranked;

    RankedByRecord(UnrankedPlayers unranked) {
        this.unranked = unranked;
    }

    @Override
    public Uni<Void> recordChanged(PlayerKey key) {
        return unranked.show(key.tenant(), key.id());
    }

    /** They take the ranks that they took before. */
    @Override
    public Uni<Void> profilesChanged(Tenant tenant, Collection<String> playerIds) {
        return Uni.createFrom().voidItem();
    }
}
