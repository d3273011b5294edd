package dev.laurel.testing;

import static dev.laurel.testing.AnswerChecks.assertEntries;
import static dev.laurel.testing.AnswerChecks.assertPercentile;
import static dev.laurel.testing.AnswerChecks.assertPlace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.OracleRanking.Place;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Questions about the scores of one ranking: percentiles, what if, ranges of scores; and the whole of it as a file. */
final class StatisticsQuestions {

    private final LaurelApi api;
    private final AskedRanking asked;
    private final OracleRanking ranking;

    StatisticsQuestions(LaurelApi api, AskedRanking asked) {
        this.api = api;
        this.asked = asked;
        this.ranking = asked.ranking();
    }

    /** Some of all that can be asked; shares and scores are drawn. */
    List<Runnable> some(Random random) {
        List<BigDecimal> shares = new ArrayList<>(List.of(BigDecimal.ZERO, BigDecimal.valueOf(100)));
        for (int number = 0; number < 8; number++) {
            shares.add(BigDecimal.valueOf(random.nextInt(10_001), 2));
        }
        List<Runnable> questions = new ArrayList<>();
        questions.add(() -> comparePercentiles(shares));
        for (int number = 0; number < 3; number++) {
            BigDecimal score = someScore(random);
            questions.add(() -> compareWhatIf(score));
        }
        BigDecimal one = someScore(random);
        BigDecimal other = someScore(random);
        int limit = 1 + random.nextInt(ranking.total() + 1);
        questions.add(() -> compareRange(one.min(other), one.max(other), limit));
        questions.add(() -> compareRange(one, null, 1000));
        questions.add(() -> compareRange(null, other, limit));
        questions.add(this::compareCsv);
        questions.add(this::compareLines);
        return questions;
    }

    /** A score that somebody has, or one right beside it. */
    private BigDecimal someScore(Random random) {
        BigDecimal step =
                BigDecimal.valueOf(random.nextInt(3) - 1L, asked.board().decimals());
        if (ranking.total() == 0) {
            return step;
        }
        return ranking.places().get(random.nextInt(ranking.total())).score().add(step);
    }

    private void comparePercentiles(List<BigDecimal> shares) {
        String at = shares.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(","));
        Reply reply = api.get(asked.path("/percentiles", "&at=" + at)).expect(200);
        JsonNode answer = answer(reply);
        JsonNode entries = answer.path("entries");
        assertThat(entries).as("entries of %s", reply).hasSize(ranking.total() == 0 ? 0 : shares.size());
        for (int number = 0; number < entries.size(); number++) {
            Place expected = ranking.atShare(shares.get(number));
            JsonNode entry = entries.get(number);
            assertThat(entry.path("at").decimalValue()).isEqualByComparingTo(shares.get(number));
            assertThat(entry.path("score").decimalValue())
                    .as("score at %s in %s", shares.get(number), reply)
                    .isEqualByComparingTo(expected.score());
            assertThat(entry.path("rank").asLong())
                    .as("rank at %s in %s", shares.get(number), reply)
                    .isEqualTo(expected.rank());
        }
    }

    private void compareWhatIf(BigDecimal score) {
        Reply reply = api.get(asked.path("/what-if", "&score=" + score.toPlainString()))
                .expect(200);
        JsonNode answer = answer(reply);
        assertThat(answer.path("rank").asLong()).as("rank in %s", reply).isEqualTo(ranking.rankOfNewcomer(score));
        assertThat(answer.path("score").decimalValue()).isEqualByComparingTo(score);
        assertPercentile(answer.path("percentile").asDouble(-1), ranking.percentileOfNewcomer(score), reply.toString());
    }

    private void compareRange(BigDecimal min, BigDecimal max, int limit) {
        List<Place> expected = ranking.within(min, max);
        String bounds = (min == null ? "" : "&minScore=" + min.toPlainString())
                + (max == null ? "" : "&maxScore=" + max.toPlainString());
        for (int offset = 0; offset <= expected.size(); offset += limit) {
            Reply reply = api.get(asked.path("", bounds + "&limit=%d&offset=%d".formatted(limit, offset)))
                    .expect(200);
            JsonNode answer = answer(reply);
            assertThat(answer.path("matching").asInt(-1))
                    .as("matching in %s", reply)
                    .isEqualTo(expected.size());
            assertEntries(
                    answer, expected.subList(offset, Math.min(expected.size(), offset + limit)), reply.toString());
        }
    }

    private JsonNode answer(Reply reply) {
        JsonNode answer = reply.json();
        asked.assertOrigin(answer, reply);
        assertThat(answer.path("metric").asText()).as("metric of %s", reply).isEqualTo(asked.metric());
        assertThat(answer.path("total").asInt(-1)).as("total in %s", reply).isEqualTo(ranking.total());
        return answer;
    }

    private void compareCsv() {
        Reply reply = export("csv");
        String expected = ranking.places().stream()
                .map(place -> "%d,%s,%s,%s\r\n"
                        .formatted(
                                place.rank(),
                                cell(place.playerId()),
                                place.score().setScale(asked.board().decimals()).toPlainString(),
                                place.standing().achievedAt()))
                .collect(Collectors.joining("", "rank,playerId,score,achievedAt\r\n", ""));
        assertThat(reply.text()).as("%s", asked).isEqualTo(expected);
    }

    /** Only some run at once; whoever is refused comes again, as told. */
    private Reply export(String format) {
        String path = asked.path("/export", "&format=" + format);
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get(path), reply -> reply.status() != 503)
                .expect(200);
    }

    /** As RFC 4180 has it; what a spreadsheet would take for a formula is made a text. */
    private static String cell(String text) {
        String plain = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return plain.matches("(?s).*[\",\\r\\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    private void compareLines() {
        Reply reply = export("ndjson");
        List<String> lines = reply.text().lines().toList();
        List<Place> places = ranking.places();
        assertThat(lines).as("lines of %s", reply).hasSize(places.size());
        for (int number = 0; number < lines.size(); number++) {
            byte[] line = lines.get(number).getBytes(StandardCharsets.UTF_8);
            JsonNode entry = new Reply("line", reply.status(), reply.headers(), line).json();
            assertPlace(entry, places.get(number), reply.toString());
        }
    }
}
