package dev.laurel.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cache.Answer;
import dev.laurel.cache.Answers;
import dev.laurel.platform.ServerTiming;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.standings.ChangeStamps;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Rankings as finished answers, through the near cache where many ask the same. */
@ApplicationScoped
class RankingAnswers {
    private final Rankings rankings;
    private final Answers answers;
    private final ChangeStamps stamps;
    private final ObjectMapper mapper;
    private final Clock clock;

    RankingAnswers(Rankings rankings, Answers answers, ChangeStamps stamps, ObjectMapper mapper, Clock clock) {
        this.rankings = rankings;
        this.answers = answers;
        this.stamps = stamps;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** A stretch by offset: the answer everybody asks for, so it is kept. */
    Uni<Answer> page(RankingQuery query, long offset, int limit) {
        return rankings.window(query).chain(window -> {
            PageKey key = new PageKey(window, stamps.of(window), offset, limit);
            return answers.get(key, () -> rankings.page(window, query.window(), offset, limit)
                    .map(this::toAnswer));
        });
    }

    /** A stretch by cursor. */
    Uni<Answer> after(RankingQuery query, String cursor, int limit) {
        return rankings.after(query, cursor, limit).map(this::toAnswer);
    }

    /** A player's place. */
    Uni<Answer> player(RankingQuery query, String playerId) {
        return place(query, playerId, 1).map(found -> plain(RankingJson.Player.of(found, playerId), found.window()));
    }

    /** A player with the neighbours. */
    Uni<Answer> neighbours(RankingQuery query, String playerId, int radius) {
        return place(query, playerId, radius)
                .map(found -> plain(RankingJson.Neighbours.of(found, playerId), found.window()));
    }

    private Uni<PlayerRank> place(RankingQuery query, String playerId, int radius) {
        return rankings.window(query).chain(window -> rankings.player(window, query.window(), playerId, radius));
    }

    private Answer toAnswer(RankingPage page) {
        // The tag is of what is said, not of when: a poller is told "not modified" while nobody moves.
        byte[] content = bytes(RankingJson.Page.of(page, null));
        byte[] body = bytes(RankingJson.Page.of(page, now()));
        return new Answer(body, Answer.tagOf(content), closed(page.window()));
    }

    private Answer plain(Object json, WindowRef window) {
        byte[] body = bytes(json);
        return new Answer(body, Answer.tagOf(body), closed(window));
    }

    private static boolean closed(WindowRef window) {
        return window.state() == WindowState.CLOSED;
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

    /** What makes two questions the same: the window, how it stands, and the stretch. */
    private record PageKey(int board, int revision, long window, int period, long stamp, long offset, int limit) {
        PageKey(WindowRef window, long stamp, long offset, int limit) {
            this(
                    window.board().id(),
                    window.board().revision(),
                    window.key(),
                    window.period().code(),
                    stamp,
                    offset,
                    limit);
        }
    }
}
