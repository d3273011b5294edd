package dev.laurel.platform.faults;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells faults that have just been reported from others. Belongs to one thread. */
final class RepeatedFaults {
    /** Of so many different ones, the longest known is forgotten first, and reported again. */
    private static final int MAX_KNOWN = 500;

    private final long nanos;
    private final Map<String, Long> reported = new LinkedHashMap<>();

    RepeatedFaults(long nanos) {
        this.nanos = nanos;
    }

    /** Whether it is to be reported now; if so, it counts as reported. */
    boolean isNew(String key, long now) {
        Long last = reported.get(key);
        if (last != null && now - last < nanos) {
            return false;
        }
        reported.remove(key);
        reported.put(key, now);
        if (reported.size() > MAX_KNOWN) {
            Iterator<String> oldest = reported.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }
}
