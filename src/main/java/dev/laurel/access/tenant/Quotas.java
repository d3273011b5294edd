package dev.laurel.access.tenant;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.ArrayList;
import java.util.List;

/**
 * What a tenant may have; null for as much as the service can hold.
 *
 * @param boards that exist at a time
 * @param players on its boards, each board counted by itself; as many may have records
 * @param eventsPerSecond score events that are submitted, on average
 * @param uploadBytes of uploaded files that are kept at a time
 */
public record Quotas(Integer boards, Long players, Integer eventsPerSecond, Long uploadBytes) {
    /** As much as the service can hold. */
    public static final Quotas NONE = new Quotas(null, null, null, null);

    public static final int MAX_BOARDS = 1_000_000;
    public static final long MAX_PLAYERS = 1_000_000_000;
    public static final int MAX_EVENTS_PER_SECOND = 1_000_000;
    public static final long MAX_UPLOAD_BYTES = 1L << 50;

    /** @throws InvalidInput naming every one that is out of range */
    public Quotas {
        List<FieldError> errors = new ArrayList<>();
        require(errors, "boards", boards, MAX_BOARDS);
        require(errors, "players", players, MAX_PLAYERS);
        require(errors, "eventsPerSecond", eventsPerSecond, MAX_EVENTS_PER_SECOND);
        require(errors, "uploadBytes", uploadBytes, MAX_UPLOAD_BYTES);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static void require(List<FieldError> errors, String name, Number value, long most) {
        if (value != null && (value.longValue() < 1 || value.longValue() > most)) {
            errors.add(new FieldError("quotas." + name, "must be a whole number from 1 to " + most));
        }
    }
}
