package dev.laurel.standings.audit;

import java.time.Duration;
import java.util.List;

/** The findings of one audit run, window by window. */
public record AuditReport(List<WindowAudit> windows, Duration took) {
    public long compared() {
        return windows.stream().mapToLong(WindowAudit::compared).sum();
    }

    public long different() {
        return windows.stream().mapToLong(WindowAudit::different).sum();
    }

    public long repaired() {
        return windows.stream().mapToLong(WindowAudit::repaired).sum();
    }
}
