package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Boards;
import dev.laurel.board.RankMode;
import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.KnownPlayers;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads rankings. Every method fails with {@link NotFound} for an unknown board, or for a period that the board does
 * not keep.
 */
@ApplicationScoped
public class Rankings {
    /** Maximum number of entries in one response. */
    public static final int MAX_LIMIT = 1_000;

    private final Boards boards;
    private final StandingsReader windows;
    private final SegmentReader reader;
    private final KnownPlayers players;
    private final UnaryOperator<RankingSource> observed;

    @Inject
    Rankings(Boards boards, StandingsReader windows, SegmentReader reader, KnownPlayers players) {
        this(boards, windows, reader, players, UnaryOperator.identity());
    }

    private Rankings(
            Boards boards,
            StandingsReader windows,
            SegmentReader reader,
            KnownPlayers players,
            UnaryOperator<RankingSource> observed) {
        this.boards = boards;
        this.windows = windows;
        this.reader = reader;
        this.players = players;
        this.observed = observed;
    }

    /** The same reads, each of which puts its question to a source that stands in front of the one that answers. */
    public Rankings through(UnaryOperator<RankingSource> source) {
        return new Rankings(boards, windows, reader, players, source);
    }

    private <T> Uni<Reading<T>> read(RankingRef ranking, String windowId, Question<T> question) {
        return reader.read(ranking, windowId, (source, now) -> question.ask(observed.apply(source), now));
    }

    /** The ranking that a query selects. */
    public Uni<RankingRef> of(RankingQuery query) {
        return board(query).map(query::seen).chain(board -> {
            int metric = board.definition().metric(query.metric());
            Uni<RankingRef> ranking =
                    windows.window(board, query.period(), query.window()).map(window -> window.by(metric));
            return query.segment() == null ? ranking : ranking.chain(found -> reader.within(found, query.segment()));
        });
    }

    /**
     * The board of a query. When it does not seem to keep the period of a window, it is looked up again: another process may
     * just have added that period, and its windows are to be refused while they are filled.
     */
    private Uni<Board> board(RankingQuery query) {
        return boards.get(query.board())
                .chain(known ->
                        query.window() == null || known.definition().periods().contains(query.period())
                                ? Uni.createFrom().item(known)
                                : boards.refresh(query.board()));
    }

    /**
     * A slice of a ranking by offset.
     *
     * @param offset entries to skip, from 0
     * @param limit 1 to {@value #MAX_LIMIT}
     */
    public Uni<RankingPage> page(RankingRef ranking, String windowId, long offset, int limit) {
        return read(ranking, windowId, (source, now) -> source.page(now, offset, limit))
                .map(Rankings::toPage);
    }

    /** The entries whose scores lie within bounds, by offset among them. */
    public Uni<ScoreRangePage> within(RankingRef ranking, String windowId, SortRange range, long offset, int limit) {
        return read(ranking, windowId, (source, now) -> source.within(now, range, offset, limit))
                .map(reading -> new ScoreRangePage(
                        reading.ranking(),
                        reading.source(),
                        reading.value().slice().total(),
                        reading.value().matching(),
                        Ranks.of(mode(reading.ranking()), reading.value().slice())));
    }

    /**
     * The entries after a cursor, in the window the cursor belongs to.
     *
     * @return fails with {@link InvalidInput} when the cursor is invalid
     */
    public Uni<RankingPage> after(RankingQuery query, String cursor, int limit) {
        Cursor decoded = Cursor.decode(cursor);
        return boards.get(query.board())
                .map(query::seen)
                .invoke(board -> decoded.requireOf(board, query))
                .chain(board -> rankingOf(decoded, board, query))
                .chain(ranking -> read(
                        ranking, ranking.window().id(), (source, now) -> source.after(now, decoded.place(), limit)))
                .map(Rankings::toPage);
    }

    private Uni<RankingRef> rankingOf(Cursor cursor, Board board, RankingQuery query) {
        return windows.window(board, query.period(), cursor.windowId())
                .chain(window -> window.key() == cursor.windowKey()
                        ? Uni.createFrom().item(window)
                        : windows.window(board, query.period(), cursor.generationId())
                                // For a frozen board the snapshot answers, whatever has become of the generation since.
                                .onFailure(failure -> failure instanceof NotFound && board.freeze() != null)
                                .recoverWithItem(window)
                                .onFailure(NotFound.class)
                                .transform(e -> Cursor.ofAnotherRanking()))
                .invoke(window -> requireKey(window, cursor))
                .chain(window -> reader.within(window.by(cursor.metric()), cursor.segment()));
    }

    /** A season may have been replaced by another one with the same name. */
    private static void requireKey(WindowRef window, Cursor cursor) {
        if (window.key() != cursor.windowKey() && window.board().freeze() == null) {
            throw Cursor.ofAnotherRanking();
        }
    }

    static RankingPage toPage(Reading<RankingSlice> reading) {
        RankingSlice slice = reading.value();
        List<Ranked> entries = Ranks.of(mode(reading.ranking()), slice);
        boolean more = !entries.isEmpty() && entries.get(entries.size() - 1).position() + 1 < slice.total();
        String next =
                more ? cursor(reading.ranking(), entries.get(entries.size() - 1).standing()) : null;
        return new RankingPage(reading.ranking(), reading.source(), slice.total(), entries, next);
    }

    private static String cursor(RankingRef ranking, Standing last) {
        BoardDefinition definition = ranking.board().definition();
        long sortKey = definition.order().sortKey(last.score());
        long tie = definition.tieBreak().factor() * last.reachedAt();
        return Cursor.after(ranking, new OrderKey(sortKey, tie, last.playerId()))
                .encode();
    }

    /**
     * A player's place with the neighbours.
     *
     * @param radius neighbours on each side
     * @return fails with {@link NotFound} when the player has never had an event on the board
     */
    public Uni<PlayerRank> player(RankingRef ranking, String windowId, String playerId, int radius) {
        PlayerIds.require("player", playerId);
        return read(ranking, windowId, (source, now) -> source.around(now, playerId, radius))
                .map(Rankings::toPlayerRank)
                .call(found ->
                        found.ranked() ? Uni.createFrom().nullItem() : players.require(ranking.board(), playerId));
    }

    /** A player's own place, and none when the player is unknown to the board. */
    public Uni<PlayerRank> place(RankingRef ranking, String playerId) {
        return read(ranking, null, (source, now) -> source.around(now, playerId, 0))
                .map(Rankings::toPlayerRank);
    }

    static PlayerRank toPlayerRank(Reading<Place> reading) {
        var place = reading.value();
        long total = place.around().total();
        if (!place.ranked()) {
            return new PlayerRank(reading.ranking(), reading.source(), null, null, total, List.of());
        }
        List<Ranked> around = Ranks.of(mode(reading.ranking()), place.around());
        Ranked own = Ranks.own(mode(reading.ranking()), place);
        double percentile = Ranks.percentile(total, place.better(), place.equal());
        return new PlayerRank(reading.ranking(), reading.source(), own, percentile, total, around);
    }

    /**
     * The places of the given players, with their ranks among themselves.
     *
     * @param playerIds 1 to {@value #MAX_LIMIT}
     */
    public Uni<ChosenPlayers> select(RankingRef ranking, String windowId, List<String> playerIds) {
        if (playerIds == null || playerIds.isEmpty() || playerIds.size() > MAX_LIMIT) {
            throw new InvalidInput("playerIds", "must name 1 to " + MAX_LIMIT + " players");
        }
        playerIds.forEach(id -> PlayerIds.require("playerIds", id));
        List<String> chosen = playerIds.stream().distinct().toList();
        return read(ranking, windowId, (source, now) -> source.select(now, chosen))
                .map(reading -> ChosenPlayers.of(reading, chosen));
    }

    private static RankMode mode(RankingRef ranking) {
        return ranking.board().definition().rankMode();
    }
}
