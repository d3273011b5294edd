package dev.laurel.ranking;

import dev.laurel.board.BoardName;
import dev.laurel.ranking.RankingQuery.View;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.warming.ViewCounter;
import dev.laurel.warming.Views;
import dev.laurel.warming.Warmable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;

/** Counts which rankings are read, and loads them into Redis, and what their first page needs, before they are read again. */
@ApplicationScoped
public class RankingWarming implements Warmable {
    private static final String KIND = "rankings";

    /** What most clients show. */
    private static final int PAGE = 100;

    /** Redis keeps a window until it has been closed: at least so long, as far as anybody can tell beforehand. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final String SEPARATOR = "\n";
    private static final int PARTS = 4;

    private final Rankings rankings;
    private final StandingsAdmin standings;
    private final ViewCounter<RankingQuery> views;

    RankingWarming(Rankings rankings, StandingsAdmin standings, Views views) {
        this.rankings = rankings;
        this.standings = standings;
        this.views = views.counter(RankingWarming::view);
    }

    /** Notes that a ranking was read. Those of segments are not counted: they follow the ranking of the whole board. */
    public void seen(RankingQuery query) {
        if (query.segment() == null && query.view() == View.PUBLIC) {
            views.seen(query);
        }
    }

    private static dev.laurel.warming.forecast.View view(RankingQuery query) {
        String subject = String.join(
                SEPARATOR, query.board().name(), query.period().name(), text(query.window()), text(query.metric()));
        return new dev.laurel.warming.forecast.View(KIND, query.board().tenant(), subject, null);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reach reach() {
        return Reach.ALL;
    }

    @Override
    public Duration keptFor() {
        return KEPT;
    }

    @Override
    public Uni<List<String>> load(Tenant tenant, List<String> subjects) {
        return Multi.createFrom()
                .iterable(subjects)
                .onItem()
                .transformToUniAndConcatenate(subject -> load(tenant, subject)
                        .map(loaded -> loaded ? subject : "")
                        .onFailure(RankingWarming::isGone)
                        .recoverWithItem(""))
                .select()
                .where(subject -> !subject.isEmpty())
                .collect()
                .asList();
    }

    /** A board, a period, a window or a metric that there is no longer. */
    private static boolean isGone(Throwable failure) {
        return failure instanceof NotFound || failure instanceof InvalidInput;
    }

    private Uni<Boolean> load(Tenant tenant, String subject) {
        String[] parts = subject.split(SEPARATOR, PARTS);
        if (parts.length < PARTS) {
            return Uni.createFrom().item(false);
        }
        RankingQuery query = new RankingQuery(
                new BoardName(tenant, parts[0]), Period.valueOf(parts[1]), value(parts[2]), value(parts[3]));
        return rankings.of(query)
                .chain(ranking -> ready(ranking.window()).call(() -> rankings.page(ranking, query.window(), 0, PAGE)));
    }

    private static String value(String text) {
        return text.isEmpty() ? null : text;
    }

    /** What has been closed is read from the archive, and what nobody has an event in is empty. */
    private Uni<Boolean> ready(WindowRef window) {
        return window.opened() && window.state() == WindowState.OPEN
                ? standings.warm(window)
                : Uni.createFrom().item(false);
    }
}
