package dev.laurel.standings.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.RankMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/** Ranks and percentiles from places in the total order. */
class RanksTest {

    @Test
    void tiesShareARankInCompetitionAndDenseAndFollowEachOtherInOrdinal() {
        RankingSlice whole = slice(5, 0, 0, 9, 7, 7, 7, 0);

        assertThat(ranks(RankMode.COMPETITION, whole)).containsExactly(1L, 2L, 2L, 2L, 5L);
        assertThat(ranks(RankMode.ORDINAL, whole)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ranks(RankMode.DENSE, whole)).containsExactly(1L, 2L, 2L, 2L, 3L);
    }

    @Test
    @DisplayName("trap 15: a page that begins inside a tie has the ranks of the whole")
    void aStretchThatBeginsInsideATieKnowsWhoWasBetter() {
        RankingSlice rest = slice(5, 3, 1, 7, 0);

        assertThat(ranks(RankMode.COMPETITION, rest)).containsExactly(2L, 5L);
        assertThat(ranks(RankMode.ORDINAL, rest)).containsExactly(4L, 5L);
        assertThat(ranks(RankMode.DENSE, rest)).containsExactly(2L, 3L);
        assertThat(Ranks.of(RankMode.COMPETITION, rest).get(0).position()).isEqualTo(3);
    }

    @Test
    void nobodyHasNoRanks() {
        assertThat(Ranks.of(RankMode.COMPETITION, slice(0, 0, 0))).isEmpty();
    }

    @Test
    void scoresAtBothEndsOfTheRangeAreTwoScores() {
        long max = (1L << 53) - 1;

        assertThat(ranks(RankMode.COMPETITION, slice(3, 0, 0, max, max - 1, -max)))
                .containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @DisplayName("trap 25: percentile is the share below plus half of the equals")
    @CsvSource({
        // total, better, equal, expected
        "1, 0, 1, 50",
        "2, 0, 1, 75",
        "2, 1, 1, 25",
        "4, 0, 4, 50",
        "7, 1, 2, 71.43",
        "3, 0, 1, 83.33",
        "10000, 0, 1, 100",
        "1000, 0, 1, 99.95",
        "1000, 999, 1, 0.05"
    })
    void aPercentileIsTheShareBelowPlusHalfOfTheEquals(long total, long better, long equal, double expected) {
        assertThat(Ranks.percentile(total, better, equal)).isEqualTo(expected);
    }

    private static List<Long> ranks(RankMode mode, RankingSlice slice) {
        return Ranks.of(mode, slice).stream().map(Ranked::rank).toList();
    }

    private static RankingSlice slice(long total, long first, long better, long... scores) {
        List<Standing> standings = new ArrayList<>();
        for (long score : scores) {
            standings.add(new Standing("p" + standings.size(), score, 0));
        }
        return new RankingSlice(total, first, better, better, standings);
    }
}
