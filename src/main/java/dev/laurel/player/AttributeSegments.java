package dev.laurel.player;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The segments to which a player belongs by attributes. */
final class AttributeSegments {
    private AttributeSegments() {}

    /** The names of the segments that a player leaves or joins when attributes change. */
    static Set<String> changed(Map<String, Object> before, Map<String, Object> after) {
        Set<String> left = names(before);
        Set<String> joined = names(after);
        Set<String> changed = new HashSet<>(left);
        changed.removeAll(joined);
        joined.removeAll(left);
        changed.addAll(joined);
        return changed;
    }

    private static Set<String> names(Map<String, Object> attributes) {
        Set<String> names = new HashSet<>();
        attributes.forEach((name, value) -> names.add(name + ":" + text(value)));
        return names;
    }

    /** As PostgreSQL writes the value of a JSON document. */
    private static String text(Object value) {
        return value instanceof Double number ? new BigDecimal(number.toString()).toPlainString() : value.toString();
    }
}
