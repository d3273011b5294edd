package dev.laurel.warming.forecast;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent items of a stream in bounded memory: Space-Saving, after Metwally, Agrawal and El Abbadi (2005). A new
 * item takes the place of the rarest one, with its count as the possible error; what lies above the error is certain.
 *
 * <p>Not for several threads at once.
 */
final class SpaceSaving<T> {
    private final int capacity;
    private final Map<T, Counted> counts = new HashMap<>();

    /** @param capacity items that are counted at a time */
    SpaceSaving(int capacity) {
        this.capacity = capacity;
    }

    void add(T item, long times) {
        Counted known = counts.get(item);
        if (known != null) {
            known.count += times;
        } else if (counts.size() < capacity) {
            counts.put(item, new Counted(times, 0));
        } else {
            replaceRarest(item, times);
        }
    }

    private void replaceRarest(T item, long times) {
        Map.Entry<T, Counted> rarest = counts.entrySet().stream()
                .min(Comparator.comparingLong(one -> one.getValue().count))
                .orElseThrow();
        long error = rarest.getValue().count;
        counts.remove(rarest.getKey());
        counts.put(item, new Counted(error + times, error));
    }

    /**
     * What has certainly been added since it was taken the last time, of the items that were added most.
     *
     * @param most items to return
     */
    Map<T, Long> take(int most) {
        List<Map.Entry<T, Counted>> first = counts.entrySet().stream()
                .sorted(Comparator.comparingLong(one -> -one.getValue().certain()))
                .limit(most)
                .toList();
        Map<T, Long> taken = new HashMap<>();
        first.forEach(one -> {
            long news = one.getValue().certain() - one.getValue().taken;
            if (news > 0) {
                taken.put(one.getKey(), news);
                one.getValue().taken += news;
            }
        });
        return taken;
    }

    int size() {
        return counts.size();
    }

    private static final class Counted {
        private final long error;
        private long count;
        private long taken;

        Counted(long count, long error) {
            this.count = count;
            this.error = error;
        }

        long certain() {
            return count - error;
        }
    }
}
