package dev.laurel.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.laurel.platform.problem.ProblemMapper;
import dev.laurel.score.BatchItem;
import dev.laurel.score.BatchScores;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BadRequestException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads batches of score events, {@code {"scores": [...]}} or one event a line. An event with a broken field is an item
 * with a refusal; a document that is no JSON is refused whole.
 */
@ApplicationScoped
class ScoreBatchReader {
    private static final byte LINE_END = '\n';
    private static final String NOT_ONE_OBJECT = "is not one JSON object";

    private final ObjectReader lineReader;
    private final ObjectReader itemReader;
    private final Vertx vertx;

    ScoreBatchReader(ObjectMapper mapper, Vertx vertx) {
        // A second event on a line would be lost in silence.
        this.lineReader = mapper.readerFor(ScoreRequest.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.itemReader = lineReader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.vertx = vertx;
    }

    /** Reads off the event loop: ten thousand events take some tens of milliseconds. */
    Uni<List<BatchItem>> read(byte[] body, boolean lines) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(() -> lines ? lines(body) : document(body), false)
                        .toCompletionStage());
    }

    private List<BatchItem> document(byte[] body) throws IOException {
        try (JsonParser parser = itemReader.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || !"scores".equals(parser.nextFieldName())
                    || parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidInput("scores", "must be the one field of the document, and a list of events");
            }
            JsonStreamContext list = parser.getParsingContext();
            List<BatchItem> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(item(parser, list));
                requireFew(items);
            }
            if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new InvalidInput("scores", "must be the one field of the document, and a list of events");
            }
            return items;
        } catch (JsonProcessingException e) {
            throw new BadRequestException(e);
        }
    }

    private BatchItem item(JsonParser parser, JsonStreamContext list) throws IOException {
        try {
            ScoreRequest request = itemReader.readValue(parser);
            return item(request);
        } catch (JsonMappingException e) {
            if (ProblemMapper.isNoJson(e)) {
                throw e;
            }
            skipTo(list, parser);
            return BatchItem.unreadable(refusal(e, "scores", "must be objects"));
        } catch (InvalidInput e) {
            return BatchItem.unreadable(e);
        }
    }

    private static BatchItem item(ScoreRequest request) {
        if (request == null) {
            throw new InvalidInput("scores", "must be objects");
        }
        return BatchItem.of(request.toSubmission(null));
    }

    /** Leaves the rest of an event that could not be read. */
    private static void skipTo(JsonStreamContext list, JsonParser parser) throws IOException {
        while (parser.getParsingContext() != list) {
            if (parser.nextToken() == null) {
                throw new BadRequestException();
            }
        }
    }

    private List<BatchItem> lines(byte[] body) throws IOException {
        List<BatchItem> items = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == LINE_END) {
                if (!isBlank(body, start, i)) {
                    items.add(line(body, start, i - start));
                    requireFew(items);
                }
                start = i + 1;
            }
        }
        return items;
    }

    private BatchItem line(byte[] body, int offset, int length) throws IOException {
        try {
            ScoreRequest request = lineReader.readValue(body, offset, length);
            return item(request);
        } catch (JsonMappingException e) {
            return BatchItem.unreadable(refusal(e, "line", NOT_ONE_OBJECT));
        } catch (JsonProcessingException e) {
            return BatchItem.unreadable(new InvalidInput("line", NOT_ONE_OBJECT));
        } catch (InvalidInput e) {
            return BatchItem.unreadable(e);
        }
    }

    private static LaurelException refusal(JsonMappingException failure, String otherwise, String message) {
        LaurelException refusal = ProblemMapper.refusal(failure);
        return refusal == null ? new InvalidInput(otherwise, message) : refusal;
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static void requireFew(List<BatchItem> items) {
        if (items.size() > BatchScores.MAX_EVENTS) {
            throw new InvalidInput("scores", "must hold 1 to " + BatchScores.MAX_EVENTS + " events");
        }
    }
}
