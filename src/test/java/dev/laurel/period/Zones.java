package dev.laurel.period;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/** Time zones that have something to get wrong, and the instants at which their clocks change. */
final class Zones {
    static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    static final Instant LAST = Instant.parse("2037-12-31T23:59:59.999Z");

    /** Half-hour offsets and changes, midnights that are skipped, a day that is. */
    static final List<String> ALL = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "Pacific/Apia");

    private Zones() {}

    /** When the clocks of a zone change, from 1970 to 2037. */
    static List<Instant> changes(ZoneId zone) {
        List<Instant> changes = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules().nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            changes.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }
}
