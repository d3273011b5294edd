package dev.laurel.web.rankings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.RankMode;
import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import dev.laurel.period.WindowCalendar;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingPage;
import dev.laurel.score.Receipt;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.shared.Window;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import dev.laurel.web.scores.ReceiptJson;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The cost of serializing responses to JSON, from the results of the lower layers to the bytes that are sent. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AnswerJsonBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private ObjectMapper mapper;
    private RankingPage page;
    private PlayerRank player;
    private Receipt receipt;

    @Setup
    public void prepare() {
        mapper = new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        Board board = new Board(1, "pomodoro", 1, definition(), List.of(), null, Set.of(), NOW, NOW);
        WindowRef weekly = window(board, Period.WEEKLY);
        List<Ranked> ten = LongStream.range(0, 10)
                .mapToObj(i -> new Ranked(i + 1, i, standing("p00000000000" + i)))
                .toList();
        page = new RankingPage(weekly, Source.REDIS, 100_000, ten, "AAAAAAAAAAAAAAAA");
        player = new PlayerRank(weekly, Source.REDIS, ten.get(5), 99.995, 100_000, ten.subList(4, 7));
        List<WindowStanding> standings = Stream.of(Period.values())
                .map(period -> new WindowStanding(window(board, period), standing("ada"), false, 5L, 6L, 100_000L))
                .toList();
        receipt = new Receipt(board, "session-1", Outcome.APPLIED, standings);
    }

    @Benchmark
    public byte[] pageOfTen() throws JsonProcessingException {
        return mapper.writeValueAsBytes(RankingJson.Page.of(page, Map.of(), NOW));
    }

    @Benchmark
    public byte[] playerRank() throws JsonProcessingException {
        return mapper.writeValueAsBytes(RankingJson.Player.of(player, "p000000000005", Map.of()));
    }

    @Benchmark
    public byte[] receipt() throws JsonProcessingException {
        return mapper.writeValueAsBytes(ReceiptJson.of(receipt));
    }

    private static BoardDefinition definition() {
        return new BoardDefinition(
                "Pomodoro",
                Operator.SUM,
                SortOrder.DESC,
                EnumSet.allOf(Period.class),
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                RankMode.COMPETITION,
                TieBreak.EARLIEST,
                0,
                0,
                Score.MAX,
                null,
                List.of(BoardDefinition.DEFAULT_METRIC),
                Duration.ZERO,
                null);
    }

    private static WindowRef window(Board board, Period period) {
        Window window = new WindowCalendar(ZoneOffset.UTC, DayOfWeek.MONDAY).at(NOW, period);
        return new WindowRef(board, window, window.firstKey(), window.id(), WindowState.OPEN, true);
    }

    private static Standing standing(String player) {
        return new Standing(player, 1_234, NOW.toEpochMilli());
    }
}
