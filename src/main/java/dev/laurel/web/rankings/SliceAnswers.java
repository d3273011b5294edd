package dev.laurel.web.rankings;

import dev.laurel.board.Freeze;
import dev.laurel.cache.Answer;
import dev.laurel.cache.Answers;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.RankingWarming;
import dev.laurel.ranking.Rankings;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.web.rankings.SliceKey.Slice;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Slices of rankings by offset, through the near cache: many clients send identical requests for these. */
@ApplicationScoped
public class SliceAnswers {
    private final Rankings rankings;
    private final Answers answers;
    private final ChangeStamps stamps;
    private final Clock clock;
    private final RankingWarming warming;

    SliceAnswers(Rankings rankings, Answers answers, ChangeStamps stamps, Clock clock, RankingWarming warming) {
        this.rankings = rankings;
        this.answers = answers;
        this.stamps = stamps;
        this.clock = clock;
        this.warming = warming;
    }

    /**
     * A slice as a finished response.
     *
     * @param write builds the response from what was read, when it is not cached
     */
    public Uni<Answer> get(
            Form form, RankingQuery query, long offset, int limit, Function<RankingPage, Uni<Answer>> write) {
        return get(form, query, new Slice(offset, limit, null), UnaryOperator.identity(), write);
    }

    /** As the other one; what is shown of players is part of the slice, and found by a source in front of the others. */
    Uni<Answer> get(
            Form form,
            RankingQuery query,
            Slice slice,
            UnaryOperator<RankingSource> source,
            Function<RankingPage, Uni<Answer>> write) {
        return rankings.of(query)
                .invoke(ranking -> warming.seen(query))
                .chain(ranking -> answers.get(key(form, ranking, slice), () -> rankings.through(source)
                        .page(ranking, query.window(), slice.offset(), slice.limit())
                        .chain(write::apply)));
    }

    /** Notes that something else of a ranking was read. */
    void seen(RankingQuery query) {
        warming.seen(query);
    }

    /** A snapshot does not change with later events, but with players who are hidden. */
    private SliceKey key(Form form, RankingRef ranking, Slice slice) {
        Freeze own = ranking.board().freeze();
        boolean frozen = ranking.board().frozen(clock.instant());
        // Administrators' responses are kept apart, since a freeze may begin during the read.
        int freeze = own == null ? -1 : frozen ? own.number() : 0;
        boolean still = frozen && ranking.window().state() != WindowState.CLOSED;
        return new SliceKey(form, ranking, freeze, still ? stamps.ofAll() : stamps.withBefore(ranking.window()), slice);
    }

    /** The interface whose format a response has. */
    public enum Form {
        V1,
        FIRST
    }
}
