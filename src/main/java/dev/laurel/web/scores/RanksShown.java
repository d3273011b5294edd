package dev.laurel.web.scores;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.web.Parameters;

import java.util.Arrays;

/** Which ranks the answer to a submission has: the parameter {@code ranks}. */
enum RanksShown {
    NONE(Report.SCORES),
    AFTER(Report.RANK),
    BOTH(Report.RANKS);

    static final String DESCRIPTION =
            "Which ranks the response has: those before and after the event, only the one after, "
                    + "or none, which costs least. Without any there is no total either";

    private final Report report;

    RanksShown(Report report) {
        this.report = report;
    }

    /** Both, unless the client says otherwise. */
    static Report of(String text) {
        if (text == null) {
            return BOTH.report;
        }
        return Arrays.stream(values())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("ranks", Parameters.oneOf(values())))
                .report;
    }
}
