package dev.laurel.web;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.RankMode;
import dev.laurel.board.SortOrder;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A board's definition as a client writes it; everything but the title has a default. */
@Schema(name = "BoardDefinition")
public record BoardRequest(
        @Schema(required = true, examples = "Weekly sprint", minLength = 1, maxLength = 80)
        String title,

        @Schema(defaultValue = "SUM", implementation = Operator.class)
        String operator,

        @Schema(defaultValue = "DESC", implementation = SortOrder.class)
        String order,

        @Schema(description = "All periods when not given", implementation = Period[].class)
        List<String> periods,

        @Schema(defaultValue = "UTC", description = "IANA time zone", examples = "Europe/Berlin")
        String zone,

        @Schema(defaultValue = "MONDAY", implementation = DayOfWeek.class)
        String weekStart,

        @Schema(defaultValue = "COMPETITION", implementation = RankMode.class)
        String rankMode,

        @Schema(defaultValue = "0", minimum = "0", maximum = "6")
        Integer decimals,

        @Schema(description = "Smallest score of one submission")
        NumberText minScore,

        @Schema(description = "Largest score of one submission")
        NumberText maxScore,

        @Schema(defaultValue = "PT5M", description = "How old an event may be", examples = "PT5M")
        String lateness) {

    BoardDefinition definition() {
        int scale = decimals == null ? 0 : decimals;
        if (scale < 0 || scale > Score.MAX_DECIMALS) {
            throw new InvalidInput("decimals", "must be 0 to " + Score.MAX_DECIMALS);
        }
        return new BoardDefinition(
                title,
                oneOf("operator", operator, Operator.SUM, Operator.class),
                oneOf("order", order, SortOrder.DESC, SortOrder.class),
                periodSet(),
                parsed("zone", zone, ZoneOffset.UTC, ZoneId::of),
                oneOf("weekStart", weekStart, DayOfWeek.MONDAY, DayOfWeek.class),
                oneOf("rankMode", rankMode, RankMode.COMPETITION, RankMode.class),
                scale,
                minScore == null ? Score.MIN : Score.parse("minScore", minScore.text(), scale),
                maxScore == null ? Score.MAX : Score.parse("maxScore", maxScore.text(), scale),
                parsed("lateness", lateness, Duration.ofMinutes(5), Duration::parse));
    }

    private Set<Period> periodSet() {
        if (periods == null) {
            return EnumSet.allOf(Period.class);
        }
        List<FieldError> errors = new ArrayList<>();
        Set<Period> set = EnumSet.noneOf(Period.class);
        for (String name : periods) {
            try {
                set.add(oneOf("periods", name, null, Period.class));
            } catch (InvalidInput e) {
                errors.addAll(e.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return set;
    }

    private static <E extends Enum<E>> E oneOf(String field, String name, E byDefault, Class<E> type) {
        if (name == null && byDefault != null) {
            return byDefault;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new InvalidInput(field, "must be one of " + Arrays.toString(type.getEnumConstants()));
    }

    private static <T> T parsed(String field, String text, T byDefault, Function<String, ? extends T> parser) {
        if (text == null) {
            return byDefault;
        }
        try {
            return parser.apply(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidInput(
                    field,
                    "zone".equals(field)
                            ? "must be an IANA time zone, as Europe/Berlin"
                            : "must be an ISO 8601 duration, as PT5M");
        }
    }
}
