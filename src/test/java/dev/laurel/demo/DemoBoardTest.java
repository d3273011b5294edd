package dev.laurel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.Season;
import dev.laurel.score.Submission;
import dev.laurel.shared.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

class DemoBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-29T14:30:00Z");

    static List<DemoBoard> boards() {
        return DemoBoards.ALL;
    }

    @ParameterizedTest
    @MethodSource("boards")
    void thePastIsTheSameAtEveryStartAndGoesOnLater(DemoBoard board) {
        List<Submission> past = board.past(NOW);

        assertThat(past).isEqualTo(board.past(NOW)).hasSizeGreaterThan(1_000);
        assertThat(board.past(NOW.plus(Duration.ofHours(4)))).startsWith(past.toArray(Submission[]::new));
        assertThat(past).extracting(Submission::eventId).doesNotHaveDuplicates().allMatch(Ids::isValid);
        assertThat(past)
                .extracting(Submission::occurredAt)
                .isSortedAccordingTo(Comparator.naturalOrder())
                .allMatch(instant -> !instant.isAfter(NOW));
        assertThat(past.get(0).occurredAt()).isBefore(NOW.minus(Duration.ofDays(board.days() - 1L)));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void whatIsCaughtUpWithIsPartOfThePast(DemoBoard board) {
        List<Submission> recent = board.recent(NOW);

        assertThat(board.past(NOW)).containsAll(recent);
        assertThat(recent)
                .extracting(Submission::occurredAt)
                .allMatch(
                        instant -> instant.isAfter(NOW.minus(board.definition().lateness())));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void numbersAreThoseOfTheBoard(DemoBoard board) {
        int decimals = board.definition().decimals();

        assertThat(board.past(NOW)).allSatisfy(event -> {
            assertThat(new BigDecimal(event.score()).movePointRight(decimals))
                    .isBetween(
                            BigDecimal.valueOf(board.definition().minScore()),
                            BigDecimal.valueOf(board.definition().maxScore()));
            assertThat(event.metrics().size())
                    .isEqualTo(board.definition().metrics().size() - 1);
        });
    }

    @Test
    void playersHaveNamesOfTheirOwnAndSomePlayMoreThanOthers() {
        List<String> cast = Cast.of("demo-focus");

        assertThat(cast).doesNotHaveDuplicates().hasSize(96).allMatch(name -> name.matches("[a-z]+-[a-z]+"));
        assertThat(Cast.of("demo-arena"))
                .containsExactlyInAnyOrderElementsOf(cast)
                .isNotEqualTo(cast);
        List<String> playing =
                DemoBoards.FOCUS.past(NOW).stream().map(Submission::playerId).toList();
        assertThat(playing).contains(cast.toArray(String[]::new));
        assertThat(playing.stream().filter(cast.get(0)::equals).count())
                .isGreaterThan(3 * playing.stream().filter(cast.get(95)::equals).count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-29T14:30:00Z", "2026-12-01T00:00:00Z", "2027-02-28T23:59:59Z", "2027-03-01T00:00:00Z"})
    void oneSeasonRunsAndTheyFollowOneAnother(Instant now) {
        List<Season> seasons = DemoSeasons.around(now);

        assertThat(seasons).hasSize(4);
        assertThat(seasons.get(2).holds(now)).as("%s at %s", seasons, now).isTrue();
        for (int i = 1; i < seasons.size(); i++) {
            assertThat(seasons.get(i).start()).isEqualTo(seasons.get(i - 1).end());
        }
        assertThat(seasons).extracting(Season::id).doesNotHaveDuplicates();
    }
}
