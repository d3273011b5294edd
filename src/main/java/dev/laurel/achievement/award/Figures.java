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
 * @param asOf when the players were counted; the search is as it stands now
 */
public record Figures(Long activePlayers, long holders, List<OfTier> tiers, Instant asOf, Search search) {
    static Figures of(Counts counts, Search search) {
        return new Figures(counts.activePlayers, counts.holders, counts.tiers, counts.asOf, search);
    }

    /** The holders of a tier. */
    public record OfTier(String tier, long holders) {}

    /** What has to be counted. */
    record Counts(Long activePlayers, long holders, List<OfTier> tiers, Instant asOf) {
        static Counts of(Achievement achievement, Row row, Instant asOf) {
            JsonObject counts = new JsonObject(row.getString(2));
            List<OfTier> tiers = new ArrayList<>();
            for (Tier tier : achievement.definition().tiers()) {
                tiers.add(new OfTier(tier.name(), counts.getLong(tier.name(), 0L)));
            }
            return new Counts(row.getLong(0), row.getLong(1), tiers, asOf);
        }
    }

    /**
     * The search through all players.
     *
     * @param players how many there were at its beginning; null before it
     * @param startedAt null before it
     * @param endedAt null until then
     */
    public record Search(State state, long done, Long players, Instant startedAt, Instant endedAt) {
        static Search of(Row row) {
            OffsetDateTime started = row.getOffsetDateTime(3);
            OffsetDateTime ended = row.getOffsetDateTime(4);
            if (started == null || row.getLong(2) == null || row.getBoolean(5) && ended != null) {
                return new Search(State.WAITING, 0, null, null, null);
            }
            return new Search(
                    ended == null ? State.RUNNING : State.DONE,
                    row.getLong(1),
                    row.getLong(2),
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
