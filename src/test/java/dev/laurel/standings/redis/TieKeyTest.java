package dev.laurel.standings.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.TieBreak;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Tie keys order bytes as time orders instants, and give the instant back. */
class TieKeyTest {
    private static final long EARLIEST = Instant.parse("1700-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

    @ParameterizedTest
    @EnumSource(TieBreak.class)
    void aMemberGivesItsInstantAndItsPlayerBack(TieBreak tieBreak) {
        for (String text : List.of(
                "1700-01-01T00:00:00Z",
                "1903-07-01T12:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.001Z",
                "2026-11-20T23:59:59.999Z",
                "2200-01-01T00:00:00Z")) {
            long instant = Instant.parse(text).toEpochMilli();

            String member = member(tieBreak, instant, "0-player");

            assertThat(TieKey.instantOf(tieBreak, member)).isEqualTo(instant);
            assertThat(TieKey.playerOf(tieBreak, member)).isEqualTo("0-player");
        }
    }

    @Test
    void whereTimeBreaksNoTiesThePlayersBytesDecide() {
        List<String> players = List.of("a", "a+", "a-b", "a0", "a1", "aa", "a~", "b");

        for (int i = 1; i < players.size(); i++) {
            byte[] before = bytes(member(TieBreak.NONE, LATEST, players.get(i - 1)));
            byte[] after = bytes(member(TieBreak.NONE, EARLIEST, players.get(i)));
            assertThat(Arrays.compareUnsigned(before, after)).isNegative();
        }
    }

    /** As the scripts put it together. */
    private static String member(TieBreak tieBreak, long instant, String player) {
        String key = TieKey.of(tieBreak, instant);
        return key.startsWith("~") ? player + '\0' + key.substring(1) : key + player;
    }

    @Test
    @DisplayName("trap 5: the tie key stands before the member, in byte order the order of time")
    void byteOrderIsTheOrderOfTime() {
        List<Long> instants = LongStream.concat(
                        LongStream.of(EARLIEST, -2, -1, 0, 1, 15, 16, LATEST),
                        new Random(7).longs(2_000, EARLIEST, LATEST))
                .sorted()
                .boxed()
                .toList();

        for (int i = 1; i < instants.size(); i++) {
            byte[] before = bytes(TieKey.of(TieBreak.EARLIEST, instants.get(i - 1)));
            byte[] after = bytes(TieKey.of(TieBreak.EARLIEST, instants.get(i)));
            assertThat(Integer.signum(Arrays.compareUnsigned(before, after)))
                    .as("%d against %d", instants.get(i - 1), instants.get(i))
                    .isEqualTo(Integer.signum(Long.compare(instants.get(i - 1), instants.get(i))));
            byte[] turned = bytes(TieKey.of(TieBreak.LATEST, instants.get(i - 1)));
            assertThat(Integer.signum(
                            Arrays.compareUnsigned(bytes(TieKey.of(TieBreak.LATEST, instants.get(i))), turned)))
                    .isEqualTo(Integer.signum(Long.compare(instants.get(i - 1), instants.get(i))));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
