package dev.laurel.auditlog;

import dev.laurel.shared.Tenant;

import java.util.Map;

/**
 * An administrative action that is about to begin.
 *
 * @param operation its id in the OpenAPI document
 * @param target the path, in which {@code {player}} stands for the player
 * @param playerId the player in the path or the query; null without one
 * @param parameters of the query; null for a value that is not kept
 * @param definition the definition that the path names
 */
public record AuditedAction(
        Actor actor,
        String operation,
        String method,
        String target,
        String playerId,
        Map<String, Object> parameters,
        Definition definition) {

    /**
     * Who acts.
     *
     * @param kind how the caller is known: {@code OPEN}, {@code KEY}, {@code TOKEN}, or {@code SYSTEM} for a command on its machine
     * @param name of a key or of the subject of a token
     * @param address from where the request came
     */
    public record Actor(Tenant tenant, String kind, String name, String address) {}

    /** The same about what belongs to another tenant than that of who acts. */
    public AuditedAction of(Tenant tenant) {
        return new AuditedAction(
                actor,
                operation,
                method,
                target,
                playerId,
                parameters,
                new Definition(definition.kind(), definition.name(), tenant));
    }

    /** Whose a definition is. */
    Tenant owner(Definition of) {
        return of.tenant() == null ? actor.tenant() : of.tenant();
    }

    /**
     * What a path names.
     *
     * @param kind such as {@code board}; one that the database does not know has no definition
     * @param tenant whose it is; null for that of who acts
     */
    public record Definition(String kind, String name, Tenant tenant) {
        /** The path names none. */
        public static final Definition NONE = new Definition("", "");

        public Definition(String kind, String name) {
            this(kind, name, null);
        }
    }
}
