package dev.laurel.web.challenges;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.SortOrder;
import dev.laurel.challenge.ChallengeDefinition;
import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.challenge.Variant;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A challenge as a client writes it. */
@Schema(name = "ChallengeDefinition")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChallengeRequest(
        @Schema(
                required = true,
                examples = "Reverse a list",
                minLength = 1,
                maxLength = ChallengeDefinition.MAX_TITLE,
                description = "Shown to people")
        String title,

        @Schema(
                defaultValue = "LENGTH",
                implementation = Measure.class,
                description =
                        "What submissions are compared by: LENGTH the length of the content in Unicode code points,"
                                + " SCORE the score that comes with a submission. Fixed once there are submissions")
        String measure,

        @Schema(
                implementation = SortOrder.class,
                description =
                        "Which of two submissions is better: DESC the one with more, ASC the one with less. Default:"
                                + " ASC for LENGTH, DESC for SCORE. Fixed once there are submissions")
        String order,

        @Schema(
                required = true,
                examples = "sprint",
                pattern = Ids.PATTERN,
                description = "The board that points go to; it adds scores up. Fixed once there are submissions")
        String board,

        @Schema(
                required = true,
                type = SchemaType.OBJECT,
                additionalProperties = VariantRequest.class,
                minProperties = 1,
                maxProperties = ChallengeDefinition.MAX_VARIANTS,
                examples = "{\"gpt-4o\":{\"points\":100},\"mini\":{\"points\":250}}",
                description = "By name: what players clear")
        Map<String, VariantRequest> variants,

        @Schema(maxItems = ChallengeDefinition.MAX_TAGS, examples = "[\"lists\"]", description = "Words, each once")
        List<String> tags) {
    /** A challenge as a client would write it. */
    static ChallengeRequest of(ChallengeDefinition definition) {
        Map<String, VariantRequest> variants = new LinkedHashMap<>();
        definition.variants().forEach((name, variant) -> variants.put(name, VariantRequest.of(variant)));
        return new ChallengeRequest(
                definition.title(),
                definition.measure().name(),
                definition.order().name(),
                definition.board(),
                variants,
                definition.tags());
    }

    /**
     * The definition described by the request.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    ChallengeDefinition definition() {
        List<FieldError> errors = new ArrayList<>();
        Measure measured = named("measure", measure, Measure.values(), Measure.LENGTH, errors);
        SortOrder ordered = named("order", order, SortOrder.values(), measured.usualOrder(), errors);
        SortedMap<String, Variant> all = new TreeMap<>();
        if (variants != null) {
            variants.forEach((name, variant) -> all.put(name, variant.variant("variants." + name, errors)));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return new ChallengeDefinition(title, measured, ordered, board, all, tags == null ? List.of() : tags);
    }

    private static <E extends Enum<E>> E named(
            String field, String text, E[] values, E byDefault, List<FieldError> errors) {
        if (text == null) {
            return byDefault;
        }
        for (E value : values) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        errors.add(new FieldError(
                field,
                "must be "
                        + String.join(
                                " or ", Arrays.stream(values).map(Enum::name).toList())));
        return byDefault;
    }

    /** A variant as a client writes it. */
    @Schema(name = "ChallengeVariant")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VariantRequest(
            @Schema(
                    required = true,
                    examples = "100",
                    minimum = "0",
                    maximum = "1000000000",
                    description = "Earned by a player's first submission that clears it")
            Integer points,

            @Schema(
                    format = "date-time",
                    description = "First instant at which it accepts submissions; default: always")
            String opensAt,

            @Schema(format = "date-time", description = "First instant at which it no longer does; default: never")
            String closesAt) {
        static VariantRequest of(Variant variant) {
            return new VariantRequest(variant.points(), text(variant.opensAt()), text(variant.closesAt()));
        }

        private static String text(Instant instant) {
            return instant == null ? null : instant.toString();
        }

        private Variant variant(String field, List<FieldError> errors) {
            if (points == null) {
                errors.add(new FieldError(field + ".points", "is missing"));
            }
            return new Variant(
                    points == null ? 0 : points,
                    instant(field + ".opensAt", opensAt, errors),
                    instant(field + ".closesAt", closesAt, errors));
        }

        private static Instant instant(String field, String text, List<FieldError> errors) {
            try {
                return text == null ? null : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                errors.add(new FieldError(field, "must be an RFC 3339 instant, such as 2026-11-20T09:30:00Z"));
                return null;
            }
        }
    }
}
