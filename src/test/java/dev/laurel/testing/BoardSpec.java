package dev.laurel.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/** A board's definition as a test chose it. */
public record BoardSpec(
        String id,
        String operator,
        String order,
        String rankMode,
        int decimals,
        Set<Period> periods,
        ZoneId zone,
        Duration lateness) {

    /** The request body that defines this board. */
    public String json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("title", "Board " + id);
        body.put("operator", operator);
        body.put("order", order);
        body.put("rankMode", rankMode);
        body.put("decimals", decimals);
        body.put("zone", zone.getId());
        // Days, not hours: the interface takes any ISO 8601 duration, and this is how a person writes a year.
        body.put("lateness", lateness.toSeconds() % 86_400 == 0 ? "P" + lateness.toDays() + "D" : lateness.toString());
        periods.forEach(period -> body.withArray("periods").add(period.name()));
        return body.toString();
    }

    public boolean descending() {
        return order.equals("DESC");
    }
}
