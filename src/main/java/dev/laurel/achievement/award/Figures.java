package dev.laurel.achievement.award;

import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.rule.Tier;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * How many players have an achievement, of how many, and how far the search for those who reached it earlier has come.
 *
 * @param activePlayers who have a score on a board of the achievement; null while one of them is frozen
 * @param tiers in the order of the achievement; empty for none
 */
public record Figures(Long activePlayers, long holders, List<OfTier> tiers, Search search) {
    static Figures of(Achievement achievement, Row row) {
        JsonObject counts = new JsonObject(row.getString(3));
        List<OfTier> tiers = new ArrayList<>();
        for (Tier tier : achievement.definition().tiers()) {
            tiers.add(new OfTier(tier.name(), counts.getLong(tier.name(), 0L)));
        }
        boolean frozen = row.getBoolean(0);
        return new Figures(frozen ? null : row.getLong(1), row.getLong(2), tiers, Search.of(row));
    }

    /** The holders of a tier. */
    public record OfTier(String tier, long holders) {}

    /**
     * The search through all players.
     *
     * @param players how many there were at its beginning; null before it
     * @param startedAt null before it
     * @param endedAt null until then
     */
    public record Search(State state, long done, Long players, Instant startedAt, Instant endedAt) {
        static Search of(Row row) {
            OffsetDateTime started = row.getOffsetDateTime(6);
            OffsetDateTime ended = row.getOffsetDateTime(7);
            // While it is frozen, whether there is something to look for would tell that somebody has scored.
            if (row.getBoolean(0) || started == null || row.getLong(5) == null || row.getBoolean(8) && ended != null) {
                return new Search(State.WAITING, 0, null, null, null);
            }
            return new Search(
                    ended == null ? State.RUNNING : State.DONE,
                    row.getLong(4),
                    row.getLong(5),
                    started.toInstant(),
                    ended == null ? null : ended.toInstant());
        }
    }

    /** How far a search is. */
    public enum State {
        WAITING,
        RUNNING,
        DONE
    }
}
