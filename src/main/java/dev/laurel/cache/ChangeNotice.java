package dev.laurel.cache;

import java.util.List;

/**
 * A change that other processes may have cached the time before of.
 *
 * @param topic the kind of change: what reads the fields
 * @param fields say what has changed
 */
public record ChangeNotice(String topic, List<String> fields) {
    public ChangeNotice {
        fields = List.copyOf(fields);
    }

    public static ChangeNotice of(String topic, Object... fields) {
        return new ChangeNotice(
                topic, List.of(fields).stream().map(String::valueOf).toList());
    }
}
