package dev.laurel.web.scores;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.score.BatchItem;
import dev.laurel.score.BatchScores;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.web.ItemListReader;
import dev.laurel.web.ItemListReader.Shape;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Reads batches of score events, {@code {"scores": [...]}} or one event per line. */
@ApplicationScoped
class ScoreBatchReader {
    private static final Shape SHAPE = new Shape("scores", "events", BatchScores.MAX_EVENTS);

    private final ItemListReader<ScoreRequest, BatchItem> reader;

    ScoreBatchReader(ObjectMapper mapper, Vertx vertx) {
        this.reader = new ItemListReader<>(
                SHAPE,
                ScoreRequest.class,
                request -> BatchItem.of(request.toSubmission(null, Report.OUTCOME)),
                BatchItem::unreadable,
                mapper,
                vertx);
    }

    Uni<List<BatchItem>> read(byte[] body, boolean lines) {
        return reader.read(body, lines);
    }
}
