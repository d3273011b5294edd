package dev.laurel.web.rankings;

import dev.laurel.player.Attributes;
import dev.laurel.ranking.PlayerFields;
import dev.laurel.ranking.row.RowWish;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters of every URL whose entries may show players' records. */
public class WithPlayer {
    private static final String PLAYER = "player";
    private static final String TIER = "tier";
    private static final Set<String> PARTS = Set.of(PLAYER, "metrics", "baseline", "gain", TIER);
    private static final String LIST = "^(player|metrics|baseline|gain|tier)(,(player|metrics|baseline|gain|tier))*$";

    /** Maximum number of attributes in a response, of all its entries together. */
    private static final int MAX_VALUES = 10_000;

    /** Each may have 32 values, which a script reads while Redis does nothing else. */
    private static final int MAX_ROWS = 500;

    @QueryParam("with")
    @Parameter(
            description = "Separated by commas: player: add each player's name and picture; metrics: the values of all"
                    + " metrics; in seasons also baseline: what gains count from, and gain: present values minus it; tier: the"
                    + " tier of the player, if the board has tiers",
            schema = @Schema(type = SchemaType.STRING, pattern = LIST, examples = "player,metrics"))
    String with;

    @QueryParam("attributes")
    @Parameter(
            description =
                    "With player: also these attributes of each player, separated by commas; at most 10,000 in one response",
            schema = @Schema(type = SchemaType.STRING))
    String attributes;

    /** What is to be shown; null for nothing. */
    PlayerFields fields() {
        if (!parts().contains(PLAYER)) {
            if (attributes != null) {
                throw new InvalidInput("attributes", "needs with=player");
            }
            return null;
        }
        return new PlayerFields(names());
    }

    private List<String> parts() {
        List<String> parts = with == null ? List.of() : List.of(with.split(",", -1));
        if (!PARTS.containsAll(parts) || Set.copyOf(parts).size() != parts.size()) {
            throw new InvalidInput(
                    "with", "must be some of player, metrics, baseline, gain and tier, separated by commas");
        }
        return parts;
    }

    /** Whether the tiers of players are shown. */
    boolean tier() {
        return parts().contains(TIER);
    }

    /**
     * What rows show in addition to the standing that they are ranked by, for a response whose size is bounded.
     *
     * @param entries how many it may have
     */
    RowWish row(int entries) {
        RowWish wanted = row();
        if ((wanted.metrics() || wanted.gain()) && entries > MAX_ROWS) {
            throw new InvalidInput(
                    "with", "can name metrics and gain for at most " + MAX_ROWS + " entries in one response");
        }
        return wanted;
    }

    /** As {@link #row(int)}, for a response that is read in pieces. */
    RowWish row() {
        List<String> parts = parts();
        return new RowWish(parts.contains("metrics"), parts.contains("baseline"), parts.contains("gain"));
    }

    /**
     * As {@link #fields()}, for a response whose size is bounded.
     *
     * @param entries how many it may have
     */
    PlayerFields fields(int entries) {
        PlayerFields wanted = fields();
        if (wanted != null && (long) entries * wanted.attributes().size() > MAX_VALUES) {
            throw new InvalidInput(
                    "attributes",
                    "must be at most " + MAX_VALUES / entries + " for " + entries + " entries in one response");
        }
        return wanted;
    }

    private List<String> names() {
        if (attributes == null) {
            return List.of();
        }
        List<String> names = Stream.of(attributes.split(",", -1)).distinct().toList();
        if (names.size() > Attributes.MAX || !names.stream().allMatch(Ids::isValid)) {
            throw new InvalidInput("attributes", "must be at most " + Attributes.MAX + " names separated by commas");
        }
        return names;
    }
}
