package dev.laurel.auditlog;

import dev.laurel.shared.Tenant;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * Which entries to read. What is null does not restrict them.
 *
 * @param actor the name of the caller
 * @param operation its id in the OpenAPI document
 * @param target a path: entries of it and of all below it
 * @param player entries about this player
 * @param from the first instant
 * @param to the first instant after them
 */
public record AuditQuery(
        Tenant tenant, String actor, String operation, String target, String player, Instant from, Instant to) {
    /** The condition, whose parameters are {@link #arguments()}. */
    public static final String CONDITION = """
            l.tenant_id = $1 AND ($2::text IS NULL OR l.actor = $2) AND ($3::text IS NULL OR l.operation = $3)
            AND ($4::text IS NULL OR l.target = $4 OR starts_with(l.target, $4 || '/'))
            AND ($5::text IS NULL OR l.player_id = $5)
            AND ($6::timestamptz IS NULL OR l.at >= $6) AND ($7::timestamptz IS NULL OR l.at < $7)""";

    /** Of the condition. */
    public List<Object> arguments() {
        return Arrays.asList(
                tenant.id(),
                actor,
                operation,
                target,
                player,
                from == null ? null : from.atOffset(ZoneOffset.UTC),
                to == null ? null : to.atOffset(ZoneOffset.UTC));
    }
}
