package dev.laurel.platform.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.function.Function;
import java.util.function.Supplier;

/** Goes through a result page by page, so that the server makes a page while the one before is worked on. */
final class ResultPages {
    /** More would be held in memory, and not be faster: either the server or the work is waited for. */
    private static final int AT_WORK = 2;

    private ResultPages() {}

    /**
     * Works on all pages.
     *
     * @param next reads a page; not called again before it has ended
     * @return fails as soon as a read or the work does
     */
    static Uni<Void> each(Supplier<Uni<Page>> next, Function<RowSet<Row>, Uni<Void>> work) {
        return Multi.createBy()
                .repeating()
                .uni(next::get)
                .whilst(Page::more)
                .onItem()
                .transformToUni(page -> work.apply(page.rows()))
                .merge(AT_WORK)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A page of a result, and whether another one follows it. */
    record Page(RowSet<Row> rows, boolean more) {}
}
