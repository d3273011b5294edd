package dev.laurel.standings.read;

import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.standings.postgres.ArchivedRankings;
import dev.laurel.standings.postgres.FrozenRankings;
import dev.laurel.standings.postgres.PostgresRankings;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.redis.RedisRankings;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All sources of a ranking, each called in the same way: timed, counted, and abandoned together with its store. */
@ApplicationScoped
class RankingSources {
    private final RedisRankings redis;
    private final PostgresRankings postgres;
    private final ArchivedRankings archive;
    private final FrozenRankings frozen;
    private final NoRankings nothing;
    private final Pulse pulse;
    private final ReadCounts counts;
    private final Map<Source, String> steps = new EnumMap<>(Source.class);

    RankingSources(
            RedisRankings redis,
            PostgresRankings postgres,
            ArchivedRankings archive,
            FrozenRankings frozen,
            NoRankings nothing,
            Pulse pulse,
            ReadCounts counts) {
        this.redis = redis;
        this.postgres = postgres;
        this.archive = archive;
        this.frozen = frozen;
        this.nothing = nothing;
        this.pulse = pulse;
        this.counts = counts;
        for (Source source : Source.values()) {
            steps.put(source, source.name().toLowerCase(Locale.ROOT));
        }
    }

    <T> Uni<Reading<T>> redis(RankingRef ranking, Question<T> question) {
        return ask(redis, ranking, question);
    }

    /**
     * A player's places in several windows of one board, by one script; null where Redis has none to give, and all of them while
     * it fails.
     */
    Uni<List<Reading<Place>>> placesInRedis(List<RankingRef> rankings, String playerId) {
        long started = System.nanoTime();
        return redis.places(rankings, playerId)
                .onFailure()
                .recoverWithItem(() -> Collections.nCopies(rankings.size(), null))
                .map(places -> {
                    ServerTiming.record(steps.get(Source.REDIS), started);
                    return readings(rankings, places);
                });
    }

    private List<Reading<Place>> readings(List<RankingRef> rankings, List<Place> places) {
        List<Reading<Place>> readings = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            readings.add(place == null ? null : new Reading<>(place, rankings.get(i), Source.REDIS));
            if (place != null) {
                counts.add(Source.REDIS);
            }
        }
        return readings;
    }

    /** Whether Redis may not answer in time. */
    boolean isRedisImpaired() {
        return redis.impaired();
    }

    <T> Uni<Reading<T>> postgres(RankingRef ranking, Question<T> question) {
        return ask(postgres, ranking, question);
    }

    <T> Uni<Reading<T>> archive(RankingRef ranking, Question<T> question) {
        return ask(archive, ranking, question);
    }

    <T> Uni<Reading<T>> frozen(RankingRef ranking, Question<T> question) {
        return ask(frozen, ranking, question);
    }

    <T> Uni<Reading<T>> nothing(RankingRef ranking, Question<T> question) {
        return ask(nothing, ranking, question);
    }

    /** When both stores are unavailable, a read does not wait for Redis's deadline and then for PostgreSQL's. */
    <T> Uni<T> givenUpWithBoth(Uni<T> read) {
        return redis.impaired() ? pulse.whileAlive(read) : read;
    }

    private <T> Uni<Reading<T>> ask(RankingSource source, RankingRef ranking, Question<T> question) {
        long started = System.nanoTime();
        Uni<T> answer = question.ask(source, ranking);
        // Redis has a deadline of its own, and a window without events needs no store.
        boolean stored = source != redis && source != nothing;
        return (stored ? pulse.whileAlive(answer) : answer).map(value -> {
            ServerTiming.record(steps.get(source.source()), started);
            counts.add(source.source());
            return new Reading<>(value, ranking, source.source());
        });
    }
}
