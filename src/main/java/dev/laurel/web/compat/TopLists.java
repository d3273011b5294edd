package dev.laurel.web.compat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.BoardName;
import dev.laurel.cache.Answer;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowState;
import dev.laurel.web.rankings.SliceAnswers;
import dev.laurel.web.rankings.SliceAnswers.Form;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Top lists of the board of the first interface, as finished responses. */
@ApplicationScoped
class TopLists {
    private final SliceAnswers slices;
    private final ObjectMapper mapper;
    private final BoardConfig config;

    TopLists(SliceAnswers slices, ObjectMapper mapper, BoardConfig config) {
        this.slices = slices;
        this.mapper = mapper;
        this.config = config;
    }

    /**
     * The top of a period's current window.
     *
     * @param limit 1 to 1,000
     */
    Uni<Answer> top(Period period, int limit) {
        RankingQuery query = new RankingQuery(BoardName.of(config.defaultBoard()), period, null, null);
        return slices.get(Form.FIRST, query, 0, limit, page -> Uni.createFrom().item(answer(page)));
    }

    private Answer answer(RankingPage page) {
        long started = System.nanoTime();
        try {
            byte[] body = mapper.writeValueAsBytes(TopList.of(page));
            return new Answer(body, Answer.tagOf(body), page.ranking().window().state() == WindowState.CLOSED);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } finally {
            ServerTiming.record("serialise", started);
        }
    }
}
