package dev.laurel.player;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Finds players by the value of an attribute. */
@ApplicationScoped
public class PlayersByAttribute {
    /** The first two conditions use the index; the last one decides. */
    private static final String IDS = """
            SELECT id FROM player
            WHERE tenant_id = $1 AND (attributes @> $2::text::jsonb OR attributes @> $3::text::jsonb)
              AND attributes ->> $4::text = $5
            LIMIT $6""";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,16}(\\.[0-9]{1,300})?");

    private final Sql sql;

    PlayersByAttribute(Sql sql) {
        this.sql = sql;
    }

    /**
     * The players whose attribute has a value, in no particular order.
     *
     * @param value as JSON writes it, a text without its quotes
     * @param limit maximum number of players
     */
    public Uni<List<String>> ids(Tenant tenant, String name, String value, int limit) {
        return sql.run(IDS, tenant.id(), asText(name, value), asTyped(name, value), name, value, (long) limit)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getString(0))
                        .toList());
    }

    private static String asText(String name, String value) {
        return object().put(name, value).toString();
    }

    /** The value as a boolean or a number, if it may be one; others would be too much for PostgreSQL to read. */
    private static String asTyped(String name, String value) {
        if ("true".equals(value) || "false".equals(value)) {
            return object().put(name, Boolean.parseBoolean(value)).toString();
        }
        return NUMBER.matcher(value).matches()
                ? object().put(name, new BigDecimal(value)).toString()
                : asText(name, value);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
