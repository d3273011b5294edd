package dev.laurel.web.boards;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** Time zones as clients write them. */
final class ZoneText {
    private static final Set<String> UTC = Set.of("UTC", "Z");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private ZoneText() {}

    /**
     * The zone of a name; UTC for null. A bare offset is not a place: it knows no daylight saving time, which a window needs.
     *
     * @throws InvalidInput when there is no such zone
     */
    static ZoneId parse(String field, String name) {
        if (name == null || UTC.contains(name)) {
            return ZoneOffset.UTC;
        }
        if (!ZONES.contains(name)) {
            throw new InvalidInput(field, "must be an IANA time zone, such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }
}
