package dev.laurel.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.OrderKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Cursors as texts. */
class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada", "Ada Lovelace", "1 2 3", "\u00e9", "\ud83d\ude00", "a=b&c", "!"})
    void whatIsWrittenIsRead(String player) {
        assertRead(player, null);
        assertRead(player, "class:7b");
        assertRead(player, "city:Hồ Chí Minh");
    }

    private static void assertRead(String player, String segment) {
        Cursor cursor =
                new Cursor(7, Period.DAILY, "2026-11-20", 123_456_789L, 2, segment, new OrderKey(-40, 99, player));

        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
        assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void oneOfTheVersionBeforeIsUnderstood() {
        assertThat(Cursor.decode(encoded("weekly 2026-W47 1024 -40 99 ada")))
                .isEqualTo(new Cursor(0, Period.WEEKLY, "2026-W47", 1024, 0, null, new OrderKey(-40, 99, "ada")));
        assertThat(Cursor.decode(encoded("weekly 2026-W47 1024 -40 99 ada 2")).metric())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2",
                "3 7 daily 2026-11-20 1 0 2 3 ada",
                "3 Y2xhc3M6N2I 7 daily 2026-11-20 1 0 2 ada",
                "3 % 7 daily 2026-11-20 1 0 2 3 ada",
                "4 7 daily 2026-11-20 1 0 2 3 ada",
                "2 x daily 2026-11-20 1 0 2 3 ada",
                "2 7 hourly 2026-11-20 1 0 2 3 ada",
                "2 7 daily 2026-11-20 1 0 2 ada"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.decode(encoded(text))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Cursor.decode("%" + text)).isInstanceOf(InvalidInput.class);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
