package dev.laurel.platform.openapi;

import dev.laurel.shared.Ids;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Descriptions of parameters that many operations share, given once by name. What an operation states itself is kept.
 */
final class ParameterRules {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("board", "Id of the board"),
            Map.entry("season", "Id of the season"),
            Map.entry("challenge", "Id of the challenge"),
            Map.entry("variant", "Name of a variant of the challenge"),
            Map.entry("achievement", "Id of the achievement"),
            Map.entry("submission", "Id of the submission, as returned when it was accepted"),
            Map.entry("player", "Id of the player, 1 to 128 characters"),
            Map.entry("kind", "Kind of the group, such as class or team"),
            Map.entry("group", "Id of the group within its kind"),
            Map.entry("user_id", "Id of the user, 1 to 128 characters"),
            Map.entry("period", "Which of the board's periods"),
            Map.entry("adjustment", "Number of the adjustment, as returned when it was made"),
            Map.entry("cohort", "Number of the cohort"),
            Map.entry("tierName", "Name of the tier"),
            Map.entry("boardTier", "Name of a tier of the board"),
            Map.entry("event", "Number of the held event"),
            Map.entry("follower", "Name of the follower"),
            Map.entry("cache", "Name of the cache"),
            Map.entry("backup", "Id of the backup"),
            Map.entry("key", "Public id of the key, not the key itself"),
            Map.entry("tenant", "Name of the tenant"),
            Map.entry("import", "Number of the import, as returned when it was ordered"),
            Map.entry("mapping", "Name of the saved mapping"),
            Map.entry("item", "Number of an item that was put aside"),
            Map.entry("window", "Id of a past window, such as 2026-W47; default: the current one"),
            Map.entry("metric", "The metric to rank by; default: the board's first"),
            Map.entry("page", "Number of the page, from 1"),
            Map.entry("limit", "Maximum number of entries to return"),
            Map.entry("offset", "Number of entries to skip"),
            Map.entry("cursor", "The value of next from the previous response; stays in its window"),
            Map.entry("radius", "Number of neighbours on each side"),
            Map.entry("format", "Format of the response"),
            Map.entry("score", "The score to ask about"),
            Map.entry("atomic", "Whether to write all events in one transaction, or none"),
            Map.entry("Idempotency-Key", "Event id, if the body has none; makes a retry safe"),
            Map.entry("If-None-Match", "ETag of the client's copy; 304 is returned while it is still valid"),
            Map.entry(
                    "If-Match",
                    "ETag of the version to change; refused with 412 when it is no longer the current one"));

    private static final Map<String, Object> EXAMPLES = Map.ofEntries(
            Map.entry("board", "sprint"),
            Map.entry("mapping", "weekly"),
            Map.entry("cache", "players"),
            Map.entry("backup", "20261130T021700Z-3fa94c"),
            Map.entry("player", "alice"),
            Map.entry("user_id", "alice"),
            Map.entry("challenge", "reverse"),
            Map.entry("variant", "gpt-4o"),
            Map.entry("tierName", "bronze"),
            Map.entry("boardTier", "Warrior"),
            Map.entry("achievement", "collector"),
            Map.entry("tenant", "north-school"),
            Map.entry("kind", "class"),
            Map.entry("group", "7b"));
    private static final Set<String> IDS =
            Set.of("mapping", "cache", "board", "season", "challenge", "variant", "achievement", "group", "tierName");
    private static final int LONGEST_ID = 128;

    private ParameterRules() {}

    static void apply(OpenAPI document) {
        Schemas.operations(document)
                .filter(operation -> operation.getParameters() != null)
                .forEach(operation -> {
                    operation.getParameters().forEach(ParameterRules::complete);
                    if (operation.getResponses().getAPIResponse("304") != null) {
                        knownVersion(operation.getParameters()).forEach(operation::addParameter);
                    }
                });
    }

    private static void complete(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(MEANINGS.get(parameter.getName()));
        }
        if (Boolean.TRUE.equals(parameter.getRequired())
                && parameter.getExample() == null
                && parameter.getSchema() != null) {
            parameter.setExample(EXAMPLES.get(parameter.getName()));
            bound(parameter.getName(), parameter.getSchema());
        }
    }

    private static void bound(String name, Schema schema) {
        if (schema.getRef() != null) {
            return;
        }
        if (IDS.contains(name)) {
            schema.setPattern("^" + Ids.PATTERN + "$");
        } else if (EXAMPLES.containsKey(name)) {
            schema.setMinLength(1);
            schema.setMaxLength(LONGEST_ID);
        }
    }

    /** Adds the client's known version to requests whose response can be 304. */
    private static List<Parameter> knownVersion(List<Parameter> parameters) {
        if (parameters.stream().anyMatch(parameter -> "If-None-Match".equals(parameter.getName()))) {
            return List.of();
        }
        return List.of(OASFactory.createParameter()
                .name("If-None-Match")
                .in(In.HEADER)
                .description(MEANINGS.get("If-None-Match"))
                .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
    }
}
