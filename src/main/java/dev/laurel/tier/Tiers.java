package dev.laurel.tier;

import dev.laurel.board.Board;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.MetricQuestion;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.tier.TierCache.Detail;
import dev.laurel.tier.TierCache.Key;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Sorts the players of rankings into tiers. A tier is the player's in a window, whatever metric or segment the ranking is of:
 * conditions are about all players of the window.
 */
@ApplicationScoped
public class Tiers {
    private final TierDefinitions definitions;
    private final Rankings rankings;
    private final StandingsReader reader;
    private final TierCache cache;
    private final Clock clock;

    Tiers(TierDefinitions definitions, Rankings rankings, StandingsReader reader, TierCache cache, Clock clock) {
        this.definitions = definitions;
        this.rankings = rankings;
        this.reader = reader;
        this.cache = cache;
        this.clock = clock;
    }

    /** How many players of a ranking each tier has; fails with {@link NotFound} when the board has no tiers. */
    public Uni<TierCounts> counts(RankingQuery query) {
        return asked(query).chain(asked -> asked.rules(this).chain(ruled -> cache.counts()
                .get(asked.key(ruled.cuts, TierRules.NONE, null), () -> count(asked, ruled.rules))));
    }

    private Uni<TierCounts> count(Asked asked, TierRules rules) {
        Instant now = now();
        TierStatements statements = new TierStatements(rules, asked.ranking);
        MetricQuestion<Map<Integer, Long>> question =
                new MetricQuestion<>(statements.counts(), statements.arguments(), Tiers::byTier, Map.of());
        return read(asked, question).map(reading -> {
            List<TierCounts.Count> counts = new ArrayList<>();
            List<Tier> tiers = asked.tiers.definition().tiers();
            for (int i = 0; i < tiers.size(); i++) {
                counts.add(new TierCounts.Count(
                        tiers.get(i).name(), reading.value().getOrDefault(i, 0L)));
            }
            long others = reading.value().getOrDefault(TierRules.NONE, 0L);
            return new TierCounts(reading.ranking(), reading.source(), now, counts, others);
        });
    }

    private static Map<Integer, Long> byTier(RowSet<Row> rows) {
        Map<Integer, Long> counts = new HashMap<>();
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                counts.put(row.getInteger(2), row.getLong(3));
            }
        }
        return counts;
    }

    /** A page of the players of a tier, in ranking order; fails with {@link NotFound} when there is no such tier. */
    public Uni<TierPage> players(RankingQuery query, String tier, PageRequest page) {
        return asked(query).chain(asked -> {
            int number = asked.tiers.definition().indexOf(tier);
            if (number < 0) {
                throw new NotFound("Board " + asked.ranking.board().name() + " has no tier of that name");
            }
            return asked.rules(this).chain(ruled -> cache.pages()
                    .get(asked.key(ruled.cuts, number, page), () -> page(asked, ruled.rules, number, page)));
        });
    }

    private Uni<TierPage> page(Asked asked, TierRules rules, int tier, PageRequest page) {
        Instant now = now();
        TierStatements statements = new TierStatements(rules, asked.ranking);
        List<Object> arguments = statements.arguments();
        arguments.addAll(List.of(tier, page.offset(), (long) page.limit()));
        MetricQuestion<Found> question = new MetricQuestion<>(
                statements.page(), arguments, rows -> Found.of(asked.ranking.board(), rows), new Found(0, List.of()));
        String name = asked.tiers.definition().tiers().get(tier).name();
        return read(asked, question)
                .map(reading -> new TierPage(
                        reading.ranking(),
                        reading.source(),
                        name,
                        now,
                        reading.value().total(),
                        reading.value().players()));
    }

    /**
     * The tiers of players, by their present scores.
     *
     * @param windowId as it was asked for; null for the current one
     * @param playerIds up to as many as a page has
     * @return the name by player, without those who are in none; empty when the board has no tiers
     */
    public Uni<Map<String, String>> of(RankingRef ranking, String windowId, Collection<String> playerIds) {
        if (playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return definitions
                .of(ranking.board())
                .chain(tiers -> tiers.isEmpty()
                        ? Uni.createFrom().item(Map.<String, String>of())
                        : asked(ranking, windowId, tiers.get()).chain(asked -> asked.rules(this)
                                .chain(ruled -> names(asked, ruled.rules, playerIds))));
    }

    private Uni<Map<String, String>> names(Asked asked, TierRules rules, Collection<String> playerIds) {
        SortedSet<Integer> metrics = rules.metrics();
        List<Tier> tiers = asked.tiers.definition().tiers();
        if (metrics.isEmpty()) {
            Map<String, String> names = new HashMap<>();
            int tier = rules.of(Map.of());
            playerIds.forEach(player -> put(names, player, tier, tiers));
            return Uni.createFrom().item(names);
        }
        MetricQuestion<Map<String, String>> question = new MetricQuestion<>(
                TierStatements.keys(metrics),
                List.of((Object) playerIds.toArray(String[]::new)),
                rows -> names(rows, rules, tiers),
                Map.of());
        return read(asked, question).map(Reading::value);
    }

    private static Map<String, String> names(RowSet<Row> rows, TierRules rules, List<Tier> tiers) {
        SortedSet<Integer> metrics = rules.metrics();
        Map<String, String> names = new HashMap<>();
        for (Row row : rows) {
            String player = row.getString(2);
            Map<Integer, OrderKey> keys = new HashMap<>();
            int column = 3;
            for (int metric : metrics) {
                if (row.getLong(column) != null) {
                    keys.put(metric, new OrderKey(row.getLong(column), row.getLong(column + 1), player));
                }
                column += 2;
            }
            put(names, player, rules.of(keys), tiers);
        }
        return names;
    }

    private static void put(Map<String, String> names, String player, int tier, List<Tier> tiers) {
        if (player != null && tier != TierRules.NONE) {
            names.put(player, tiers.get(tier).name());
        }
    }

    private Uni<Asked> asked(RankingQuery query) {
        return rankings.of(query).chain(ranking -> definitions
                .of(ranking.board())
                .map(tiers -> TierDefinitions.require(tiers, query.board().name()))
                .chain(tiers -> asked(ranking, query.window(), tiers)));
    }

    private Uni<Asked> asked(RankingRef ranking, String windowId, BoardTiers tiers) {
        return cache.key(ranking, tiers).map(key -> new Asked(ranking, windowId, tiers, key));
    }

    private Uni<TierCuts> cuts(Asked asked) {
        List<TierEdge> edges =
                TierCuts.edges(asked.tiers.definition(), asked.ranking.board().definition());
        return edges.isEmpty()
                ? Uni.createFrom().item(TierCuts.NONE)
                : cache.cuts().get(asked.window, () -> read(asked, TierCuts.question(edges))
                        .map(Reading::value));
    }

    private <T> Uni<Reading<T>> read(Asked asked, MetricQuestion<T> question) {
        return reader.read(asked.ranking.within(null), asked.windowId, question)
                .map(reading -> new Reading<>(
                        reading.value(), reading.ranking().within(asked.ranking.segment()), reading.source()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A number that grows when this process has changed the tiers of any board. */
    public long stamp() {
        return definitions.changes();
    }

    /** Forgets all that has been computed. */
    public void clear() {
        cache.clear();
    }

    /** A question about a ranking of a board with tiers. */
    private record Asked(RankingRef ranking, String windowId, BoardTiers tiers, Key window) {
        Uni<Ruled> rules(Tiers of) {
            return of.cuts(this)
                    .map(cuts -> new Ruled(
                            cuts,
                            TierRules.of(tiers.definition(), ranking.board().definition(), cuts)));
        }

        Key key(TierCuts cuts, int tier, PageRequest page) {
            return window.of(Detail.of(ranking, cuts, tier, page));
        }
    }

    private record Ruled(TierCuts cuts, TierRules rules) {}

    private record Found(long total, List<Ranked> players) {
        static Found of(Board board, RowSet<Row> rows) {
            List<Ranked> players = new ArrayList<>(rows.size());
            for (Row row : rows) {
                if (row.getString(2) != null) {
                    long position = row.getLong(5);
                    long rank = Ranks.at(board.definition().rankMode(), position, row.getLong(6), row.getLong(7));
                    long score = board.definition().order().score(row.getLong(3));
                    players.add(new Ranked(rank, position, new Standing(row.getString(2), score, row.getLong(4))));
                }
            }
            return new Found(rows.iterator().next().getLong(8), players);
        }
    }
}
