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
     * All entries of a window in ranking order. The first piece has been read by the time that this has an item, so a
     * ranking that cannot be read fails before anything is sent; each further piece is read when the one before has been
     * taken.
     *
     * @param made has a piece wait until it may be read, and makes of its entries what is to be sent
     */
    public <T> Uni<Multi<T>> begin(WindowRef window, RankingQuery query, Function<Uni<List<Ranked>>, Uni<T>> made) {
        Progress progress = new Progress();
        Uni<Piece<T>> next = Uni.createFrom().deferred(() -> piece(window, query, progress, made));
        return next.map(first ->
                first.hasNext() ? followed(first, next) : Multi.createFrom().item(first.content()));
    }

    private static <T> Multi<T> followed(Piece<T> first, Uni<Piece<T>> next) {
        Multi<T> others = Multi.createBy()
                .repeating()
                .uni(() -> next)
                .whilst(Piece::hasNext)
                .map(Piece::content);
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(first.content()), others);
    }

    private <T> Uni<Piece<T>> piece(
            WindowRef window, RankingQuery query, Progress progress, Function<Uni<List<Ranked>>, Uni<T>> made) {
        return made.apply(next(window, query, progress).invoke(progress::moveTo).map(RankingPage::entries))
                .map(content -> new Piece<>(content, progress.cursor != null));
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
