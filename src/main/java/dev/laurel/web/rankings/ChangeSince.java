package dev.laurel.web.rankings;

import dev.laurel.ranking.RankingQuery;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import java.util.regex.Pattern;

/** The parameter of every URL whose entries show how players have moved. */
public class ChangeSince {
    private static final String NAME = "changeSince";

    /** More digits than any board keeps days. */
    private static final Pattern DAYS = Pattern.compile("P([1-9]\\d{0,3})D");

    @QueryParam(NAME)
    @Parameter(
            description =
                    "Measure change since the end of a day in the board's zone: P1D since midnight, P7D since the "
                            + "midnight six days before. For the current all_time ranking of a board that keeps positions of so "
                            + "many days (positionDays); default: since the previous window, which all_time does not have",
            schema = @Schema(type = SchemaType.STRING, pattern = "^P[1-9][0-9]{0,3}D$"))
    String changeSince;

    /** The number of days; null when nobody asked. */
    Integer days(RankingQuery query) {
        if (changeSince == null) {
            return null;
        }
        var days = DAYS.matcher(changeSince);
        if (!days.matches()) {
            throw new InvalidInput(NAME, "must be a number of days, such as P1D");
        }
        if (query.period() != Period.ALL_TIME) {
            throw new InvalidInput(
                    NAME, "is for the all_time ranking; change of the others is since their previous window");
        }
        if (query.window() != null) {
            throw new InvalidInput(NAME, "cannot be combined with window");
        }
        return Integer.valueOf(days.group(1));
    }
}
