package dev.laurel.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** A board's definition as a test chose it. */
public record BoardSpec(
        String id,
        String operator,
        String order,
        String rankMode,
        String tieBreak,
        List<String> metrics,
        int decimals,
        Set<Period> periods,
        ZoneId zone,
        Duration lateness) {

    /** A board of one metric whose ties go to the earliest. */
    public BoardSpec(
            String id,
            String operator,
            String order,
            String rankMode,
            int decimals,
            Set<Period> periods,
            ZoneId zone,
            Duration lateness) {
        this(id, operator, order, rankMode, "EARLIEST", List.of("score"), decimals, periods, zone, lateness);
    }

    /** The request body that defines this board. */
    public String json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("title", "Board " + id);
        body.put("operator", operator);
        body.put("order", order);
        body.put("rankMode", rankMode);
        body.put("tieBreak", tieBreak);
        metrics.forEach(metric -> body.withArray("metrics").add(metric));
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
