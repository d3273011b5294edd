package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.function.Function;

/**
 * A whole ranking, piece by piece, by the same reading as every page. The pieces follow each other in the order of the
 * ranking; of a window that is still open each is read at its own moment, so who moves meanwhile may be met twice, or
 * missed. The ranking of a closed window is exact.
 */
@ApplicationScoped
public class RankingExport {
    /** Entries of a piece: few enough that others hardly notice when an event loop is busy with one. */
    private static final int PIECE = 250;

    private final Rankings rankings;

    RankingExport(Rankings rankings) {
        this.rankings = rankings;
    }

    /**
     * All entries of a window in ranking order; the next piece is read when the one before has been taken.
     *
     * @param made has a piece wait until it may be read, and makes of its entries what is to be sent
     */
    public <T> Multi<T> of(WindowRef window, RankingQuery query, Function<Uni<List<Ranked>>, Uni<T>> made) {
        return Multi.createBy()
                .repeating()
                .uni(Progress::new, progress -> made.apply(next(window, query, progress)
                                .invoke(progress::moveTo)
                                .map(RankingPage::entries))
                        .map(piece -> new Piece<>(piece, progress.cursor != null)))
                .whilst(Piece::hasNext)
                .map(Piece::content);
    }

    private Uni<RankingPage> next(WindowRef window, RankingQuery query, Progress progress) {
        return progress.cursor == null
                ? rankings.page(window, query.window(), 0, PIECE)
                : rankings.after(query, progress.cursor, progress.limit);
    }

    /** How far an export has come. */
    private static final class Progress {
        private String cursor;
        private int limit;

        private void moveTo(RankingPage page) {
            cursor = page.next();
            // PostgreSQL sorts the whole window for each piece, so it is asked for as few as may be.
            limit = page.source() == Source.POSTGRES ? Rankings.MAX_LIMIT : PIECE;
        }
    }

    private record Piece<T>(T content, boolean hasNext) {}
}
