package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A whole ranking, piece by piece, by the same reading as every page. The pieces follow each other in the order of the
 * ranking; of a window that is still open each is read at its own moment, so who moves meanwhile may be met twice, or
 * missed. The ranking of a closed window is exact.
 */
@ApplicationScoped
public class RankingExport {
    private final Rankings rankings;

    RankingExport(Rankings rankings) {
        this.rankings = rankings;
    }

    /**
     * All entries of a window in ranking order; the next piece is read when the one before has been taken.
     *
     * @param turn has a piece wait until it may be read
     */
    public Multi<List<Ranked>> of(WindowRef window, RankingQuery query, UnaryOperator<Uni<RankingPage>> turn) {
        return Multi.createBy()
                .repeating()
                .uni(Progress::new, progress -> turn.apply(next(window, query, progress))
                        .invoke(page -> progress.cursor = page.next()))
                .whilst(page -> page.next() != null)
                .map(RankingPage::entries);
    }

    private Uni<RankingPage> next(WindowRef window, RankingQuery query, Progress progress) {
        return progress.cursor == null
                ? rankings.page(window, query.window(), 0, Rankings.MAX_LIMIT)
                : rankings.after(query, progress.cursor, Rankings.MAX_LIMIT);
    }

    /** How far an export has come. */
    private static final class Progress {
        private String cursor;
    }
}
