package dev.laurel.web.boards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.BadRequestException;

import java.util.HashSet;
import java.util.Set;

/**
 * A partial change of a board's definition, as a JSON merge patch (RFC 7396): named fields are changed, null resets a
 * field to its default, and all other fields stay.
 *
 * @param named the fields that the patch names
 * @param values their new values; null where the patch says null
 */
record BoardPatch(Set<String> named, BoardRequest values) {
    /** The media type of a merge patch. */
    static final String MEDIA_TYPE = "application/merge-patch+json";

    /**
     * Reads a patch.
     *
     * @throws JsonProcessingException when it is not JSON, or has unknown fields or values of a wrong type
     */
    static BoardPatch read(ObjectMapper mapper, String text) throws JsonProcessingException {
        if (text == null || text.isBlank()) {
            throw new BadRequestException();
        }
        JsonNode patch = mapper.readTree(text);
        if (!patch.isObject()) {
            throw new InvalidInput("body", "must be a JSON object with the fields to change");
        }
        Set<String> named = new HashSet<>();
        patch.fieldNames().forEachRemaining(named::add);
        // Read again from the text so that numbers keep their digits.
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
                        pick("lateness", now.lateness(), values.lateness()),
                        pick("retention", now.retention(), values.retention()))
                .definition();
    }

    private <T> T pick(String field, T now, T wanted) {
        return named.contains(field) ? wanted : now;
    }
}
