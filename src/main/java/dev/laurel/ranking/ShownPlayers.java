package dev.laurel.ranking;

import dev.laurel.player.Player;
import dev.laurel.player.Players;
import dev.laurel.player.Visibility;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds to rankings what the records of their players say. */
@ApplicationScoped
public class ShownPlayers {
    /** The name under which all players appear who do not want to appear under theirs. */
    public static final String ANONYMOUS = "Anonymous player";

    private final Players players;

    ShownPlayers(Players players) {
        this.players = players;
    }

    /**
     * What is to be shown of players.
     *
     * @param fields null for nothing, which costs nothing
     * @return by player, without those who have no record; fails with {@link Unavailable} when records are not cached and
     *     PostgreSQL is unavailable
     */
    public Uni<Map<String, ShownPlayer>> of(RankingRef ranking, Collection<String> playerIds, PlayerFields fields) {
        if (fields == null || playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return players.known(ranking.board().tenant(), playerIds).map(found -> {
            Map<String, ShownPlayer> shown = new HashMap<>();
            found.forEach((id, player) -> shown.put(id, shown(player, fields)));
            return shown;
        });
    }

    /** A number that grows when anything that may be shown has changed, as far as this process knows. */
    public long stamp() {
        return players.stamp();
    }

    private static ShownPlayer shown(Player player, PlayerFields fields) {
        if (player.profile().visibility() != Visibility.PUBLIC) {
            return new ShownPlayer(ANONYMOUS, null, null);
        }
        return new ShownPlayer(player.profile().displayName(), player.profile().avatarUrl(), chosen(player, fields));
    }

    private static Map<String, Object> chosen(Player player, PlayerFields fields) {
        if (fields.attributes().isEmpty()) {
            return null;
        }
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String name : fields.attributes()) {
            Object value = player.profile().attributes().get(name);
            if (value != null) {
                chosen.put(name, value);
            }
        }
        return chosen;
    }
}
