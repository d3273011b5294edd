package dev.laurel.web.admin;

import dev.laurel.standings.audit.AuditReport;
import dev.laurel.standings.audit.WindowAudit;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** The findings of one audit run. */
@Schema(name = "AuditReport")
public record AuditJson(
        long rowsCompared, long rowsDifferent, long rowsRepaired, long durationMs, List<WindowJson> windows) {
    public static AuditJson of(AuditReport report) {
        return new AuditJson(
                report.compared(),
                report.different(),
                report.repaired(),
                report.took().toMillis(),
                report.windows().stream().map(WindowJson::of).toList());
    }

    /** The findings in one window. */
    @Schema(name = "AuditedWindow")
    public record WindowJson(
            String board,
            @Schema(ref = "PeriodPath") String period,
            String window,

            @Schema(
                    description = "REPAIRED: missing or older rows have been applied to Redis. REBUILT: the window has "
                            + "been loaded again. NOT_LOADED: Redis does not have all of it, so it is not read from there. "
                            + "CLOSED: it was closed meanwhile.")
            Outcome outcome,

            long rowsCompared,
            long rowsDifferent,
            long rowsRepaired) {
        public static WindowJson of(WindowAudit audit) {
            return new WindowJson(
                    audit.window().board().name(),
                    audit.window().period().path(),
                    audit.window().id(),
                    audit.outcome(),
                    audit.compared(),
                    audit.different(),
                    audit.repaired());
        }
    }
}
