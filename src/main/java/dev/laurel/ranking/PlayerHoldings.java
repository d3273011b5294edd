package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.Holdings;
import dev.laurel.standings.read.HoldingsReader;
import dev.laurel.standings.read.KnownPlayers;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Reads a player's standings in the current windows of a board. */
@ApplicationScoped
public class PlayerHoldings {
    private final StandingsReader reader;
    private final HoldingsReader holdings;
    private final KnownPlayers players;

    PlayerHoldings(StandingsReader reader, HoldingsReader holdings, KnownPlayers players) {
        this.reader = reader;
        this.holdings = holdings;
        this.players = players;
    }

    /**
     * A player's standings in the current windows of the given periods, in one round trip to a store; while the board
     * is frozen, or about to be, window by window from what the public is shown.
     *
     * @return fails with {@link NotFound} when the player has never had an event on the board
     */
    public Uni<Holdings> of(Board board, List<Period> periods, String playerId) {
        PlayerIds.require("player", playerId);
        return Multi.createFrom()
                .iterable(periods)
                .onItem()
                .transformToUniAndConcatenate(period -> reader.window(board, period, null))
                .collect()
                .asList()
                .chain(windows -> read(board, windows, playerId))
                .call(found -> found.any() ? Uni.createFrom().nullItem() : players.require(board, playerId));
    }

    private Uni<Holdings> read(Board board, List<WindowRef> windows, String playerId) {
        boolean live =
                board.freeze() == null && windows.stream().noneMatch(window -> window.state() == WindowState.CLOSED);
        return live ? holdings.of(board, windows, playerId) : oneByOne(board, windows, playerId);
    }

    private Uni<Holdings> oneByOne(Board board, List<WindowRef> windows, String playerId) {
        return Multi.createFrom()
                .iterable(windows)
                .onItem()
                .transformToUniAndConcatenate(
                        window -> reader.read(window.by(0), null, (source, now) -> source.around(now, playerId, 0)))
                .collect()
                .asList()
                .map(readings -> holdings(board, readings));
    }

    private static Holdings holdings(Board board, List<Reading<Place>> readings) {
        List<WindowRef> windows = new ArrayList<>(readings.size());
        List<Standing> standings = new ArrayList<>(readings.size());
        Source source = Source.REDIS;
        for (Reading<Place> reading : readings) {
            Place place = reading.value();
            windows.add(reading.ranking().window());
            standings.add(place.ranked() ? place.own() : null);
            source = reading.source() == Source.REDIS ? source : reading.source();
        }
        return new Holdings(board, windows, standings, source);
    }
}
