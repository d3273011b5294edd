package dev.laurel.ranking;

import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.function.Function;

/**
 * Exports a whole ranking in pieces, each read like any page. The pieces follow each other in ranking order; in a
 * window that is still open each is read at its own moment, so a player who moves meanwhile may appear twice, or not at
 * all. The export of a closed window is exact, and so is that of a segment, which is read as a whole.
 */
@ApplicationScoped
public class RankingExport {
    /** Entries per piece: few enough that an event loop is not noticeably busy with one. */
    private static final int PIECE = 250;

    private final Rankings rankings;
    private final SegmentReader segments;

    RankingExport(Rankings rankings, SegmentReader segments) {
        this.rankings = rankings;
        this.segments = segments;
    }

    /**
     * All entries of a window in ranking order. The first piece has been read by the time that this has an item, so a
     * ranking that cannot be read fails before anything is sent; each further piece is read when the one before has been
     * taken.
     *
     * @param made delays a piece until it may be read, and turns its entries into the output
     */
    public <T> Uni<Multi<T>> begin(RankingRef ranking, RankingQuery query, Function<Uni<List<Ranked>>, Uni<T>> made) {
        Progress progress = new Progress();
        Uni<Piece<T>> next = Uni.createFrom().deferred(() -> piece(ranking, query, progress, made));
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
            RankingRef ranking, RankingQuery query, Progress progress, Function<Uni<List<Ranked>>, Uni<T>> made) {
        return made.apply(
                        next(ranking, query, progress).invoke(progress::moveTo).map(RankingPage::entries))
                .map(content -> new Piece<>(content, progress.cursor != null));
    }

    private Uni<RankingPage> next(RankingRef ranking, RankingQuery query, Progress progress) {
        if (ranking.segment() != null) {
            return nextOfSegment(ranking, query, progress);
        }
        return progress.cursor == null
                ? rankings.page(ranking, query.window(), 0, PIECE)
                : rankings.after(query, progress.cursor, progress.limit);
    }

    /** A segment is read once as a whole, at one moment. */
    private Uni<RankingPage> nextOfSegment(RankingRef ranking, RankingQuery query, Progress progress) {
        Uni<Reading<SegmentRanking>> whole = progress.whole == null
                ? segments.whole(ranking, query.window()).invoke(read -> progress.whole = read)
                : Uni.createFrom().item(progress.whole);
        return whole.chain(read -> read.value()
                .page(read.ranking(), progress.read, PIECE)
                .map(slice -> Rankings.toPage(new Reading<>(slice, read.ranking(), read.source()))));
    }

    /** The progress of an export. */
    private static final class Progress {
        private String cursor;
        private int limit;
        private long read;
        private Reading<SegmentRanking> whole;

        private void moveTo(RankingPage page) {
            cursor = page.next();
            read += page.entries().size();
            // PostgreSQL sorts the whole window for each piece, so as few pieces as possible are read.
            limit = page.source() == Source.POSTGRES ? Rankings.MAX_LIMIT : PIECE;
        }
    }

    private record Piece<T>(T content, boolean hasNext) {}
}
