package dev.laurel.web.challenges;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.SortOrder;
import dev.laurel.challenge.Challenge;
import dev.laurel.challenge.ChallengeDefinition;
import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.challenge.Variant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON form of a challenge. */
@Schema(name = "Challenge")
public record ChallengeJson(
        String id,
        String title,
        Measure measure,
        SortOrder order,
        String board,
        Map<String, VariantJson> variants,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt) {
    static ChallengeJson of(Challenge challenge) {
        ChallengeDefinition definition = challenge.definition();
        Map<String, VariantJson> variants = new LinkedHashMap<>();
        definition.variants().forEach((name, variant) -> variants.put(name, VariantJson.of(variant)));
        return new ChallengeJson(
                challenge.key().id(),
                definition.title(),
                definition.measure(),
                definition.order(),
                definition.board(),
                variants,
                definition.tags(),
                challenge.createdAt(),
                challenge.updatedAt());
    }

    /** The JSON form of a variant. */
    @Schema(name = "Variant")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VariantJson(
            int points,

            @Schema(description = "Missing when it was always open")
            Instant opensAt,

            @Schema(description = "Missing when it never closes")
            Instant closesAt) {
        static VariantJson of(Variant variant) {
            return new VariantJson(variant.points(), variant.opensAt(), variant.closesAt());
        }
    }
}
