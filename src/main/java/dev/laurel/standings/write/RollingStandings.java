package dev.laurel.standings.write;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.load.LiveStandings;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The standings in rolling windows after a batch. PostgreSQL computes them from the days once the batch is committed,
 * all players of a window in one query; boards without rolling periods cost nothing.
 */
@ApplicationScoped
class RollingStandings {
    private static final Logger LOG = Logger.getLogger(RollingStandings.class);

    private final RollingWindows rolling;
    private final LiveStandings standings;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;

    RollingStandings(RollingWindows rolling, LiveStandings standings, Rebuilder rebuilder, ChangeStamps stamps) {
        this.rolling = rolling;
        this.standings = standings;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
    }

    /**
     * Reloads the windows whose standings could not be determined.
     *
     * @return fails with {@link Unavailable} when it cannot be recorded that Redis lacks them
     */
    Uni<Void> settle(Found found) {
        return found.lacking().isEmpty()
                ? Uni.createFrom().voidItem()
                : rebuilder.markStale(found.lacking()).invoke(() -> found.lacking()
                        .forEach(stamps::changed));
    }

    /** As {@link #settle}, for a batch that is refused in any case. */
    void markUncertain(Found found) {
        found.lacking().forEach(rebuilder::markUncertain);
    }

    /** The windows in use that an event belongs to. */
    List<WindowRef> of(ScoreWrite write) {
        boolean daily = write.windows().stream().anyMatch(window -> window.period() == Period.DAILY);
        return daily && write.board().definition().periods().stream().anyMatch(Period::isRolling)
                ? rolling.holding(write.board(), Instant.ofEpochMilli(write.occurredAt()))
                : List.of();
    }

    /**
     * Finds the standings in rolling windows of the players of a batch. Never fails: what cannot be determined now is
     * recorded as lacking, once Redis has everything else ({@link #settle}).
     */
    Uni<Found> find(List<ScoreWrite> batch, List<WriteResult> written) {
        Map<WindowRef, Set<String>> players = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            ScoreWrite write = batch.get(i);
            if (!written.get(i).standings().isEmpty()) {
                for (WindowRef window : of(write)) {
                    players.computeIfAbsent(window, w -> new LinkedHashSet<>()).add(write.playerId());
                }
            }
        }
        if (players.isEmpty()) {
            return Uni.createFrom().item(new Found(written, List.of()));
        }
        return find(players)
                .map(found -> new Found(withRolling(batch, written, found), List.of()))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "The standings in rolling windows cannot be determined"))
                .onFailure()
                .recoverWithItem(() -> new Found(written, List.copyOf(players.keySet())));
    }

    private Uni<Map<RankingRef, Map<String, Standing>>> find(Map<WindowRef, Set<String>> players) {
        Map<RankingRef, Map<String, Standing>> found = new HashMap<>();
        return Multi.createFrom()
                .iterable(players.entrySet())
                .onItem()
                .transformToMultiAndConcatenate(own -> Multi.createFrom()
                        .iterable(own.getKey().rankings())
                        .onItem()
                        .transformToUniAndConcatenate(ranking -> standings
                                .of(ranking, List.copyOf(own.getValue()))
                                .invoke(rows -> found.put(ranking, byPlayer(rows)))))
                .collect()
                .last()
                .replaceWith(found);
    }

    private static Map<String, Standing> byPlayer(RowSet<Row> rows) {
        Map<String, Standing> standings = new HashMap<>();
        rows.forEach(
                row -> standings.put(row.getString(0), new Standing(row.getString(0), row.getLong(1), row.getLong(2))));
        return standings;
    }

    private List<WriteResult> withRolling(
            List<ScoreWrite> batch, List<WriteResult> written, Map<RankingRef, Map<String, Standing>> found) {
        List<WriteResult> all = new ArrayList<>(written.size());
        for (int i = 0; i < batch.size(); i++) {
            all.add(withRolling(batch.get(i), written.get(i), found));
        }
        return all;
    }

    private WriteResult withRolling(ScoreWrite write, WriteResult one, Map<RankingRef, Map<String, Standing>> found) {
        if (one.standings().isEmpty()) {
            return one;
        }
        List<WindowStanding> standings = new ArrayList<>(one.standings());
        for (WindowRef window : of(write)) {
            for (RankingRef ranking : window.rankings()) {
                Standing own = found.getOrDefault(ranking, Map.of()).get(write.playerId());
                // Without one the player is disqualified in all days with scores. The standing may include a later
                // event of the player, which need not belong to this window: it is applied here in any case.
                if (own != null || !write.board().definition().metricRules().isNone()) {
                    standings.add(new WindowStanding(ranking, own, false));
                }
            }
        }
        return one.with(standings);
    }

    /**
     * What is answered to a batch: of the rolling windows only those that are running now, as reads show them. The others are
     * carried to Redis for the change of days.
     */
    List<WriteResult> running(List<ScoreWrite> batch, List<WriteResult> written) {
        boolean none = batch.stream()
                .allMatch(write -> write.board().definition().periods().stream().noneMatch(Period::isRolling));
        return none
                ? written
                : written.stream().map(one -> one.only(rolling::inRedis)).toList();
    }

    /**
     * The outcome of a batch, with the standings in rolling windows after the others.
     *
     * @param lacking the windows whose standings could not be determined
     */
    record Found(List<WriteResult> written, List<WindowRef> lacking) {}
}
