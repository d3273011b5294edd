package dev.laurel.web.analytics;

import dev.laurel.analytics.PlayerAnalytics.MasteryAnswer;
import dev.laurel.analytics.figures.Mastery;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What a player masters. */
@Schema(name = "PlayerMastery")
public record MasteryJson(
        String playerId,
        String board,

        @Schema(description = "When this was computed; for a frozen board, the freeze")
        Instant asOf,

        @Schema(description = "Days after which an attempt weighs half as much")
        double halfLifeDays,

        @Schema(description = "In the order of their names, at most the 100 tried most")
        List<TagJson> tags,

        @Schema(description = "Up to three, best first") List<String> strongest,
        @Schema(description = "Up to three, worst first") List<String> weakest) {
    static MasteryJson of(MasteryAnswer found, String playerId) {
        return new MasteryJson(
                playerId,
                found.board().name(),
                found.asOf(),
                Mastery.HALF_LIFE,
                found.tags().stream().map(TagJson::of).toList(),
                Mastery.strongest(found.tags()),
                Mastery.weakest(found.tags()));
    }

    /** A tag. */
    @Schema(name = "TagMastery")
    public record TagJson(
            String tag,
            OutcomesJson outcomes,

            @Schema(description = "Recency-weighted share of success, from 0 to 1; 0.5 is where everybody begins")
            BigDecimal mastery,

            @Schema(description = "From 0, 0.4, 0.6 and 0.8")
            Mastery.Level level,

            @Schema(description = "Of the last attempt") LocalDate lastDay) {
        static TagJson of(Mastery found) {
            return new TagJson(
                    found.tag(),
                    OutcomesJson.of(found.attempts().outcomes()),
                    Units.plain(found.mastery()),
                    found.level(),
                    found.attempts().lastDay());
        }
    }
}
