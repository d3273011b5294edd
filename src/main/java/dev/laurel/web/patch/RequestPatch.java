package dev.laurel.web.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.io.UncheckedIOException;

/**
 * A partial change of what a request of one kind writes, as a JSON merge patch (RFC 7396): named fields are changed, field by
 * field of inner objects too, null removes a field, and all other fields stay.
 *
 * @param <R> the request that writes the whole
 */
public final class RequestPatch<R> {
    private final ObjectMapper mapper;
    private final ObjectNode patch;
    private final Class<R> type;

    private RequestPatch(ObjectMapper mapper, ObjectNode patch, Class<R> type) {
        this.mapper = mapper;
        this.patch = patch;
        this.type = type;
    }

    /**
     * Reads a patch.
     *
     * @throws JsonProcessingException when it is not JSON, or has unknown fields or values of a wrong type
     */
    public static <R> RequestPatch<R> read(ObjectMapper mapper, String text, Class<R> type)
            throws JsonProcessingException {
        ObjectNode patch = MergePatch.read(mapper, text);
        // Parsed for its errors, before anything is looked up.
        mapper.readValue(MergePatch.merge(mapper.createObjectNode(), patch).toString(), type);
        return new RequestPatch<>(mapper, patch, type);
    }

    /**
     * The request after the patch.
     *
     * @param now the request that would write what there is
     * @throws InvalidInput naming every field that violates its rule
     */
    public R appliedTo(R now) {
        try {
            return mapper.readValue(
                    MergePatch.merge(mapper.<ObjectNode>valueToTree(now), patch).toString(), type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
