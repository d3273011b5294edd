package dev.laurel.web.compat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.laurel.ranking.RankingPage;
import dev.laurel.shared.Score;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/**
 * A top list.
 *
 * @param total users ranked in the period
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "TopList")
public record TopList(
        String period,
        List<TopEntry> entries,

        @Schema(description = "Users ranked in the period") long total) {
    static TopList of(RankingPage page) {
        int decimals = page.ranking().board().definition().decimals();
        List<TopEntry> entries = page.entries().stream()
                .map(one -> new TopEntry(
                        one.rank(),
                        one.standing().playerId(),
                        Score.toNumber(one.standing().score(), decimals)))
                .toList();
        return new TopList(page.ranking().period().path(), entries, page.total());
    }

    /** A user in a top list. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "TopEntry")
    public record TopEntry(long rank, String userId, Number score) {}
}
