package dev.laurel.imports.file.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Random;

/** Numbers as people write them. */
class NumberStyleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0|0",
                "-12|-12",
                "+12|12",
                "\u221212|-12",
                "12.50|12.50",
                "1.234|1.234",
                ".5|0.5",
                "12,5|12.5",
                "0,125|0.125",
                "1,234,567|1234567",
                "1.234.567|1234567",
                "1 234 567|1234567",
                "1\u202f234\u00a0567|1234567",
                "1'234'567.5|1234567.5",
                "1,234.5|1234.5",
                "1.234,5|1234.5",
                "1 234,567|1234.567",
                "-1,234,567.25|-1234567.25",
            })
    void whatIsUnambiguousIsRead(String text, String plain) {
        assertThat(NumberStyle.AUTO.plain(text, 3)).isEqualTo(plain);
    }

    @Test
    void onlyGroupsFitAWholeNumber() {
        assertThat(NumberStyle.AUTO.plain("987,654", 0)).isEqualTo("987654");
        assertThat(NumberStyle.POINT.plain("987,654", 3)).isEqualTo("987654");
        assertThat(NumberStyle.COMMA.plain("987,654", 3)).isEqualTo("987.654");
        assertThat(NumberStyle.COMMA.plain("987.654", 3)).isEqualTo("987654");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "987,654|is ambiguous",
                "50%|is a percentage",
                "50 %|is a percentage",
                "1.2E+10|is in scientific notation",
                "12abc|must be a number",
                "-|must be a number",
                ".|must be a number",
                "5.|must be a number",
                "1,23,456|must be a number",
                "1234,567,890|must be a number",
                "1,234 567|must be a number",
                "1,234,56|must be a number",
                "1.234.56|must be a number",
                "1..2|must be a number",
                "1.5M|must be a number",
                "$5|must be a number",
                "0x1F|must be a number",
                "1:23.4|must be a number",
                "NaN|must be a number",
                "--5|must be a number",
            })
    void everythingElseIsRefused(String text, String message) {
        assertThatThrownBy(() -> NumberStyle.AUTO.plain(text, 3))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.errors().get(0).message()).startsWith(message));
    }

    @Test
    void anotherMarkThanBeforeIsRefused() {
        assertThatThrownBy(() -> NumberStyle.POINT.plain("1.234,5", 3)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> NumberStyle.COMMA.plain("1,234,567", 3)).isInstanceOf(InvalidInput.class);
    }

    /** Random numbers in a random style: read in that style, or in none, they are the same or refused. */
    @Test
    void writtenNumbersAreRead() {
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            BigDecimal number = BigDecimal.valueOf(
                    random.nextLong() % (long) Math.pow(10, 1 + random.nextInt(15)), random.nextInt(4));
            NumberStyle style = random.nextBoolean() ? NumberStyle.POINT : NumberStyle.COMMA;
            String text = written(number, style, random.nextBoolean());

            assertThat(new BigDecimal(style.plain(text, 3))).as(text).isEqualByComparingTo(number);
            assertThat(NumberStyle.shownBy(text)).as(text).isIn(NumberStyle.AUTO, style);
            try {
                // Only a point before three digits is taken for what it need not be.
                if (!text.matches("-?[1-9][0-9]{0,2}\\.[0-9]{3}")) {
                    assertThat(new BigDecimal(NumberStyle.AUTO.plain(text, 3)))
                            .as(text)
                            .isEqualByComparingTo(number);
                }
            } catch (InvalidInput ambiguous) {
                assertThat(text).matches("-?[1-9][0-9]{0,2},[0-9]{3}");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static String written(BigDecimal number, NumberStyle style, boolean grouped) {
        String[] parts = number.abs().toPlainString().split("\\.");
        char mark = style == NumberStyle.POINT ? '.' : ',';
        char divider = style == NumberStyle.POINT ? ',' : '.';
        StringBuilder whole = new StringBuilder(parts[0]);
        for (int i = whole.length() - 3; grouped && i > 0; i -= 3) {
            whole.insert(i, divider);
        }
        return (number.signum() < 0 ? "-" : "") + whole + (parts.length > 1 ? mark + parts[1] : "");
    }
}
