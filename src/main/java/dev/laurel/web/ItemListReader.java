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
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.BadRequestException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a list of items, {@code {"field": [...]}} or one item per line. An item with an invalid field becomes a refusal
 * in its place; a document that is not JSON is refused as a whole.
 *
 * @param <T> an item as JSON
 * @param <R> the result for an item
 */
public final class ItemListReader<T, R> {
    private static final byte LINE_END = '\n';
    private static final String NOT_ONE_OBJECT = "is not one JSON object";

    private final Shape shape;
    private final Function<T, R> ofItem;
    private final Function<LaurelException, R> ofRefusal;
    private final ObjectReader lineReader;
    private final ObjectReader itemReader;
    private final Vertx vertx;

    /**
     * @param ofItem may fail with {@link InvalidInput}, which refuses the item
     */
    public ItemListReader(
            Shape shape,
            Class<T> type,
            Function<T, R> ofItem,
            Function<LaurelException, R> ofRefusal,
            ObjectMapper mapper,
            Vertx vertx) {
        this.shape = shape;
        this.ofItem = ofItem;
        this.ofRefusal = ofRefusal;
        // A second item on a line would be lost silently.
        this.lineReader = mapper.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.itemReader = lineReader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.vertx = vertx;
    }

    /** Reads off the event loop: ten thousand items take some tens of milliseconds. */
    public Uni<List<R>> read(byte[] body, boolean lines) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(() -> lines ? lines(body) : document(body), false)
                        .toCompletionStage());
    }

    private List<R> document(byte[] body) throws IOException {
        try (JsonParser parser = itemReader.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || !shape.field().equals(parser.nextFieldName())
                    || parser.nextToken() != JsonToken.START_ARRAY) {
                throw notOneList();
            }
            JsonStreamContext list = parser.getParsingContext();
            List<R> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(item(parser, list));
                requireFew(items);
            }
            if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw notOneList();
            }
            return items;
        } catch (JsonProcessingException e) {
            throw new BadRequestException(e);
        }
    }

    private InvalidInput notOneList() {
        return new InvalidInput(shape.field(), "must be the only field of the document: a list of " + shape.items());
    }

    private R item(JsonParser parser, JsonStreamContext list) throws IOException {
        try {
            T item = itemReader.readValue(parser);
            return item(item);
        } catch (JsonMappingException e) {
            if (ProblemMapper.isNoJson(e)) {
                throw e;
            }
            skipTo(list, parser);
            return ofRefusal.apply(refusal(e, shape.field(), "must be objects"));
        } catch (InvalidInput e) {
            return ofRefusal.apply(e);
        }
    }

    private R item(T item) {
        if (item == null) {
            throw new InvalidInput(shape.field(), "must be objects");
        }
        return ofItem.apply(item);
    }

    /** Skips the rest of an item that could not be read. */
    private static void skipTo(JsonStreamContext list, JsonParser parser) throws IOException {
        while (parser.getParsingContext() != list) {
            if (parser.nextToken() == null) {
                throw new BadRequestException();
            }
        }
    }

    private List<R> lines(byte[] body) throws IOException {
        List<R> items = new ArrayList<>();
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

    private R line(byte[] body, int offset, int length) throws IOException {
        try {
            T item = lineReader.readValue(body, offset, length);
            return item(item);
        } catch (JsonMappingException e) {
            return ofRefusal.apply(refusal(e, "line", NOT_ONE_OBJECT));
        } catch (JsonProcessingException e) {
            return ofRefusal.apply(new InvalidInput("line", NOT_ONE_OBJECT));
        } catch (InvalidInput e) {
            return ofRefusal.apply(e);
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

    private void requireFew(List<R> items) {
        if (items.size() > shape.most()) {
            throw new InvalidInput(shape.field(), "must contain 1 to " + shape.most() + " " + shape.items());
        }
    }

    /**
     * The structure of a document.
     *
     * @param field that holds the list
     * @param items the client's name for the items
     * @param most maximum number of items
     */
    public record Shape(String field, String items, int most) {}
}
