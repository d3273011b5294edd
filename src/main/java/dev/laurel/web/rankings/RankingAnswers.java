package dev.laurel.web.rankings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.board.BoardDefinition;
import dev.laurel.cache.Answer;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.PreviousRanks;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.RankingStatistics;
import dev.laurel.ranking.Rankings;
import dev.laurel.ranking.ScoreRangePage;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Rankings as finished responses, through the near cache where many clients request the same. */
@ApplicationScoped
class RankingAnswers {
    private final Rankings rankings;
    private final PreviousRanks previousRanks;
    private final SliceAnswers slices;
    private final ObjectMapper mapper;
    private final Clock clock;

    RankingAnswers(
            Rankings rankings, PreviousRanks previousRanks, SliceAnswers slices, ObjectMapper mapper, Clock clock) {
        this.rankings = rankings;
        this.previousRanks = previousRanks;
        this.slices = slices;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** A slice by offset: the most common request, so its response is cached. */
    Uni<Answer> page(RankingQuery query, long offset, int limit) {
        return slices.get(SliceAnswers.Form.V1, query, offset, limit, this::toAnswer);
    }

    /** The entries whose scores lie within bounds, either of which may be null for none. */
    Uni<Answer> within(RankingQuery query, String minScore, String maxScore, long offset, int limit) {
        return rankings.of(query).chain(ranking -> {
            BoardDefinition definition = ranking.board().definition();
            SortRange range = RankingStatistics.range(
                    definition,
                    minScore == null ? Score.MIN : Score.parse("minScore", minScore, definition.decimals()),
                    maxScore == null ? Score.MAX : Score.parse("maxScore", maxScore, definition.decimals()));
            return rankings.within(ranking, query.window(), range, offset, limit)
                    .chain(this::toAnswer);
        });
    }

    /** A slice by cursor. */
    Uni<Answer> after(RankingQuery query, String cursor, int limit) {
        return rankings.after(query, cursor, limit).chain(this::toAnswer);
    }

    /** A player's place. */
    Uni<Answer> player(RankingQuery query, String playerId) {
        return place(query, playerId, 1).chain(found -> previousRanks(found, List.of(playerId))
                .map(previous -> plain(RankingJson.Player.of(found, playerId, previous), found.ranking())));
    }

    /** A player with the neighbours. */
    Uni<Answer> neighbours(RankingQuery query, String playerId, int radius) {
        return place(query, playerId, radius).chain(found -> previousRanks(found, players(found.around()))
                .map(previous -> plain(RankingJson.Neighbours.of(found, playerId, previous), found.ranking())));
    }

    /** The places of the given players. */
    Uni<LookupJson.Lookup> lookup(RankingQuery query, List<String> chosen) {
        return rankings.of(query)
                .chain(ranking -> rankings.select(ranking, query.window(), chosen))
                .chain(found -> previousRanks
                        .of(
                                found.ranking(),
                                found.entries().stream()
                                        .map(one -> one.ranked().standing().playerId())
                                        .toList())
                        .map(previous -> LookupJson.Lookup.of(found, previous)));
    }

    private Uni<Map<String, Long>> previousRanks(PlayerRank found, List<String> playerIds) {
        return found.ranked()
                ? previousRanks.of(found.ranking(), playerIds)
                : Uni.createFrom().item(Map.of());
    }

    private static List<String> players(List<Ranked> entries) {
        return entries.stream().map(one -> one.standing().playerId()).toList();
    }

    private Uni<PlayerRank> place(RankingQuery query, String playerId, int radius) {
        return rankings.of(query).chain(ranking -> rankings.player(ranking, query.window(), playerId, radius));
    }

    private Uni<Answer> toAnswer(RankingPage page) {
        return previousRanks
                .of(page.ranking(), players(page.entries()))
                .map(previous -> tagged(
                        RankingJson.Page.of(page, previous, null),
                        RankingJson.Page.of(page, previous, now()),
                        page.ranking()));
    }

    /** The tag depends on the content, not on the time: a polling client gets "not modified" while no player moves. */
    private Answer tagged(RankingJson.Page timeless, RankingJson.Page page, RankingRef ranking) {
        return new Answer(bytes(page), Answer.tagOf(bytes(timeless)), closed(ranking));
    }

    private Uni<Answer> toAnswer(ScoreRangePage page) {
        return previousRanks
                .of(page.ranking(), players(page.entries()))
                .map(previous -> tagged(
                        RankingJson.Page.of(page, previous, null),
                        RankingJson.Page.of(page, previous, now()),
                        page.ranking()));
    }

    private Answer plain(Object json, RankingRef ranking) {
        byte[] body = bytes(json);
        return new Answer(body, Answer.tagOf(body), closed(ranking));
    }

    /** The members of a segment change even when its window does not. */
    private static boolean closed(RankingRef ranking) {
        return ranking.window().state() == WindowState.CLOSED && ranking.segment() == null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private byte[] bytes(Object json) {
        long started = System.nanoTime();
        try {
            return mapper.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } finally {
            ServerTiming.record("serialise", started);
        }
    }
}
