package dev.laurel.standings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(
            strings = {
                "1700-01-01T00:00:00Z",
                "1903-07-01T12:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.001Z",
                "2026-11-20T23:59:59.999Z",
                "2200-01-01T00:00:00Z"
            })
    void aMemberGivesItsInstantAndItsPlayerBack(String text) {
        long instant = Instant.parse(text).toEpochMilli();

        String member = TieKey.of(instant) + "0-player";

        assertThat(TieKey.of(instant)).hasSize(TieKey.LENGTH).matches("[0-9a-f]+");
        assertThat(TieKey.instantOf(member)).isEqualTo(instant);
        assertThat(TieKey.playerOf(member)).isEqualTo("0-player");
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
            byte[] before = bytes(TieKey.of(instants.get(i - 1)));
            byte[] after = bytes(TieKey.of(instants.get(i)));
            assertThat(Integer.signum(Arrays.compareUnsigned(before, after)))
                    .as("%d against %d", instants.get(i - 1), instants.get(i))
                    .isEqualTo(Integer.signum(Long.compare(instants.get(i - 1), instants.get(i))));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
