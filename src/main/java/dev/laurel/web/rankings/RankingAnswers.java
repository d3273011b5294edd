package dev.laurel.web.rankings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.board.BoardDefinition;
import dev.laurel.cache.Answer;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.RankingStatistics;
import dev.laurel.ranking.Rankings;
import dev.laurel.ranking.ScoreRangePage;
import dev.laurel.ranking.movement.Movements;
import dev.laurel.ranking.movement.PreviousPlaces;
import dev.laurel.ranking.row.Rows;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.web.rankings.PlayerRankJson.MetricRank;
import dev.laurel.web.rankings.SliceKey.Slice;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Rankings as finished responses, through the near cache where many clients request the same. */
@ApplicationScoped
class RankingAnswers {
    private final Rankings rankings;
    private final Movements movements;
    private final EntryDetailsReader details;
    private final SliceAnswers slices;
    private final SeasonPages seasons;
    private final ObjectMapper mapper;
    private final Clock clock;

    RankingAnswers(
            Rankings rankings,
            Movements movements,
            EntryDetailsReader details,
            SliceAnswers slices,
            SeasonPages seasons,
            ObjectMapper mapper,
            Clock clock) {
        this.rankings = rankings;
        this.movements = movements;
        this.details = details;
        this.slices = slices;
        this.seasons = seasons;
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * A slice by offset: the most common request, so its response is cached.
     *
     * @param with what entries show in addition to standings, here as everywhere
     */
    Uni<Answer> page(RankingQuery query, long offset, int limit, EntryFields with) {
        Object shown = with.isDefault() ? null : new Shown(with, details.stamp());
        Found found = new Found(with, query, Rows.of(with.row()));
        return slices.get(
                SliceAnswers.Form.V1,
                query,
                new Slice(offset, limit, shown),
                found.rows().source(),
                page -> toAnswer(page, found));
    }

    /** The entries whose scores lie within bounds, either of which may be null for none. */
    Uni<Answer> within(RankingQuery query, Bounds bounds, long offset, int limit, EntryFields with) {
        Found found = new Found(with, query, Rows.of(with.row()));
        return rankings.of(query)
                .chain(ranking -> through(found)
                        .within(
                                ranking,
                                query.window(),
                                bounds.range(ranking.board().definition()),
                                offset,
                                limit))
                .chain(page -> toAnswer(page, found));
    }

    /** A slice by cursor. */
    Uni<Answer> after(RankingQuery query, String cursor, int limit, EntryFields with) {
        Found found = new Found(with, query, Rows.of(with.row()));
        return through(found).after(query, cursor, limit).chain(page -> toAnswer(page, found));
    }

    private Rankings through(Found found) {
        return rankings.through(found.rows().source());
    }

    /** A player's place; that in a closed season is kept for a while. */
    Uni<Answer> player(RankingQuery query, String playerId, EntryFields with) {
        return rankings.of(query)
                .chain(ranking -> seasons.get(ranking, playerId, with, () -> placed(query, playerId, with)));
    }

    private Uni<Answer> placed(RankingQuery query, String playerId, EntryFields with) {
        Found found = new Found(with, query, Rows.of(with.row(), query.segment() == null ? playerId : null));
        return place(found, playerId, 1).chain(own -> details(own, playerId, found)
                .map(details -> PlayerRankJson.Player.of(
                        own,
                        playerId,
                        details,
                        MetricRank.of(own.ranking(), found.rows().places())))
                .map(json -> plain(json, closed(own.ranking(), with))));
    }

    /** The neighbours are shown, but it is not said how they have moved. */
    private Uni<EntryDetails> details(PlayerRank own, String playerId, Found found) {
        List<String> shown = own.ranked() ? players(own.around()) : List.of(playerId);
        return movements
                .of(
                        own.ranking(),
                        own.ranked() ? List.of(playerId) : List.of(),
                        found.with().changeSince())
                .chain(previous -> details(own.ranking(), shown, found, previous));
    }

    /** A player with the neighbours. */
    Uni<Answer> neighbours(RankingQuery query, String playerId, int radius, EntryFields with) {
        Found found = new Found(with, query, Rows.of(with.row()));
        return place(found, playerId, radius).chain(own -> details(own.ranking(), players(own.around()), found)
                .map(details ->
                        plain(PlayerRankJson.Neighbours.of(own, playerId, details), closed(own.ranking(), with))));
    }

    /** The places of the given players. */
    Uni<LookupJson.Lookup> lookup(RankingQuery query, List<String> chosen, EntryFields with) {
        Found found = new Found(with, query, Rows.of(with.row()));
        return rankings.of(query)
                .chain(ranking -> through(found).select(ranking, query.window(), chosen))
                .chain(own -> details(
                                own.ranking(),
                                own.entries().stream()
                                        .map(one -> one.ranked().standing().playerId())
                                        .toList(),
                                found)
                        .map(details -> LookupJson.Lookup.of(own, details)));
    }

    private Uni<EntryDetails> details(RankingRef ranking, List<String> playerIds, Found found) {
        return movements
                .of(ranking, playerIds, found.with().changeSince())
                .chain(previous -> details(ranking, playerIds, found, previous));
    }

    private Uni<EntryDetails> details(
            RankingRef ranking, List<String> playerIds, Found found, PreviousPlaces previous) {
        return details.of(
                ranking,
                playerIds,
                new EntryDetailsReader.Wanted(found.with(), found.query().window(), found.rows()),
                previous);
    }

    private static List<String> players(List<Ranked> entries) {
        return entries.stream().map(one -> one.standing().playerId()).toList();
    }

    private Uni<PlayerRank> place(Found found, String playerId, int radius) {
        return rankings.of(found.query())
                .invoke(ranking -> slices.seen(found.query()))
                .chain(ranking -> through(found).player(ranking, found.query().window(), playerId, radius));
    }

    private Uni<Answer> toAnswer(RankingPage page, Found found) {
        return details(page.ranking(), players(page.entries()), found)
                .map(details -> tagged(
                        RankingJson.Page.of(page, details, null),
                        RankingJson.Page.of(page, details, now()),
                        closed(page.ranking(), found.with())));
    }

    /** The tag depends on the content, not on the time: a polling client gets "not modified" while no player moves. */
    private Answer tagged(RankingJson.Page timeless, RankingJson.Page page, boolean closed) {
        return new Answer(bytes(page), Answer.tagOf(bytes(timeless)), closed);
    }

    private Uni<Answer> toAnswer(ScoreRangePage page, Found found) {
        return details(page.ranking(), players(page.entries()), found)
                .map(details -> tagged(
                        RankingJson.Page.of(page, details, null),
                        RankingJson.Page.of(page, details, now()),
                        closed(page.ranking(), found.with())));
    }

    private Answer plain(Object json, boolean closed) {
        byte[] body = bytes(json);
        return new Answer(body, Answer.tagOf(body), closed);
    }

    /** The members of a segment change even when its window does not, and so do the names of players. */
    private static boolean closed(RankingRef ranking, EntryFields with) {
        return ranking.window().state() == WindowState.CLOSED && ranking.segment() == null && with.isDefault();
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

    /** A request, and what reads have found of its rows. */
    private record Found(EntryFields with, RankingQuery query, Rows rows) {}

    /** What a cached slice shows in addition to standings, and up to which change of a record. */
    private record Shown(EntryFields fields, long stamp) {}

    /** Bounds of scores as they stand in a request; either may be null for none. */
    record Bounds(String min, String max) {
        SortRange range(BoardDefinition definition) {
            return RankingStatistics.range(
                    definition,
                    min == null ? Score.MIN : Score.parse("minScore", min, definition.decimals()),
                    max == null ? Score.MAX : Score.parse("maxScore", max, definition.decimals()));
        }
    }
}
