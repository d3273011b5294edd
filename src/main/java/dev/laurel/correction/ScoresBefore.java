package dev.laurel.correction;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Arrays;
import java.util.List;

/** A player's standings in windows just before an adjustment, recorded with it for later inspection. */
@ApplicationScoped
class ScoresBefore {
    private static final String SCORES = "SELECT player_scores($1, $2, $3, $4)";

    private final Sql sql;

    ScoresBefore(Sql sql) {
        this.sql = sql;
    }

    /** A player's standings in windows, disqualified or not. */
    Uni<List<TouchedWindow>> in(List<WindowRef> windows, String playerId) {
        return Multi.createFrom()
                .iterable(windows)
                .onItem()
                .transformToUniAndConcatenate(window -> sql.run(
                                SCORES, window.board().id(), window.period().code(), window.key(), playerId)
                        .map(rows -> rows.iterator().next().getArrayOfLongs(0))
                        .map(scores -> new TouchedWindow(window, scores == null ? null : Arrays.asList(scores))))
                .collect()
                .asList();
    }
}
