package dev.laurel.web.boards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.patch.MergePatch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A partial change of a board's definition, as a JSON merge patch (RFC 7396): named fields are changed, null resets a
 * field to its default, and all other fields stay.
 *
 * @param named the fields that the patch names, those of an object also with its name and a dot in front
 * @param values their new values; null where the patch says null
 */
record BoardPatch(Set<String> named, BoardRequest values) {
    /** The fields that are objects. */
    private static final List<String> PARTS = List.of("eligibility", "plausibility", "leagues", "access");

    /**
     * Reads a patch.
     *
     * @throws JsonProcessingException when it is not JSON, or has unknown fields or values of a wrong type
     */
    static BoardPatch read(ObjectMapper mapper, String text) throws JsonProcessingException {
        Set<String> named = new HashSet<>();
        JsonNode patch = MergePatch.read(mapper, text);
        patch.fieldNames().forEachRemaining(named::add);
        for (String part : PARTS) {
            patch.path(part).fieldNames().forEachRemaining(field -> named.add(part + "." + field));
        }
        // Read again from the text, not merged as a tree: numbers keep the digits that were sent.
        return new BoardPatch(named, mapper.readValue(text, BoardRequest.class));
    }

    /**
     * The definition after the patch.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    BoardDefinition appliedTo(BoardDefinition definition) {
        BoardRequest now = BoardRequest.of(definition);
        return new BoardRequest(
                        pick("title", now.title(), values.title()),
                        pick("operator", now.operator(), values.operator()),
                        pick("order", now.order(), values.order()),
                        pick("periods", now.periods(), values.periods()),
                        pick("zone", now.zone(), values.zone()),
                        pick("weekStart", now.weekStart(), values.weekStart()),
                        pick("rankMode", now.rankMode(), values.rankMode()),
                        pick("tieBreak", now.tieBreak(), values.tieBreak()),
                        pick("decimals", now.decimals(), values.decimals()),
                        pick("minScore", now.minScore(), values.minScore()),
                        pick("maxScore", now.maxScore(), values.maxScore()),
                        pick("maxStep", now.maxStep(), values.maxStep()),
                        pick("metrics", now.metrics(), values.metrics()),
                        pick("derivedMetrics", now.derivedMetrics(), values.derivedMetrics()),
                        pick("lateness", now.lateness(), values.lateness()),
                        pick("retention", now.retention(), values.retention()),
                        pick(
                                "eligibility",
                                now.eligibility(),
                                BoardEligibility.merged(now.eligibility(), values.eligibility(), named)),
                        pick("segments", now.segments(), values.segments()),
                        pick("groupPoints", now.groupPoints(), values.groupPoints()),
                        pick("positionDays", now.positionDays(), values.positionDays()),
                        pick(
                                "plausibility",
                                now.plausibility(),
                                BoardPlausibility.merged(now.plausibility(), values.plausibility(), named)),
                        pick("leagues", now.leagues(), BoardLeagues.merged(now.leagues(), values.leagues(), named)),
                        pick("access", now.access(), BoardAccess.merged(now.access(), values.access(), named)))
                .definition();
    }

    private <T> T pick(String field, T now, T wanted) {
        return named.contains(field) ? wanted : now;
    }
}
