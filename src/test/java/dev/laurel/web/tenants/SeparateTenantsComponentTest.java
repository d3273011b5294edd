package dev.laurel.web.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.postgres.RequestRoles;
import dev.laurel.testing.OpenApiDocument;
import dev.laurel.testing.OpenApiDocument.Operation;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Two tenants with things of the same names: whatever the document offers, neither is shown anything of the other, nor whether
 * the other has it. {@code -Dlaurel.foreign.attempts=10000} makes so many attempts with ids of the other, and compares their times.
 */
@QuarkusTest
class SeparateTenantsComponentTest {
    /** These concern the service as a whole, or ask no names. */
    private static final List<String> OF_THE_SERVICE = List.of(
            "/api/v1/admin/status",
            "/api/v1/admin/audit",
            "/api/v1/admin/followers",
            "/api/v1/admin/log",
            "/api/v1/admin/caches",
            "/api/v1/admin/players/cache",
            "/api/v1/admin/slow-requests",
            "/api/v1/admin/warming",
            "/api/v1/admin/database",
            "/api/v1/admin/backups",
            "/api/v1/admin/tenants");

    private static final Map<String, String> LOOKUPS = Map.of(
            "lookupPlayers", "{\"playerIds\":[\"{player}\"]}",
            "lookupCleared", "{\"playerIds\":[\"{player}\"],\"items\":true}",
            "analysePlayers",
                    "{\"board\":\"{board}\",\"playerIds\":[\"{player}\"],\"parts\":[\"SUMMARY\",\"MASTERY\"]}");

    /** Parameters that name a thing. */
    private static final Set<String> NAMES = Set.of(
            "board", "boards", "player", "user_id", "challenge", "achievement", "group", "import", "submission", "key");

    private static final int ATTEMPTS = Integer.getInteger("laurel.foreign.attempts", 28);

    private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";

    @TestHTTPResource
    URI service;

    private final String run = UUID.randomUUID().toString().substring(0, 6);

    /** PostgreSQL keeps them apart, too; that nothing is missing for it is found by what each is shown of its own. */
    @Test
    void neitherIsShownAnythingOfTheOther() throws IOException {
        RequestRoles role = RequestRoles.begin();
        try {
            walk();
        } finally {
            role.close();
        }
    }

    private void walk() throws IOException {
        TenantScene one = new TenantScene(service, "qone" + run, "7130071");
        String key = RegisteredTenants.keyOf(one.api, "walk-" + run, "admin");
        TenantScene two = new TenantScene(service, "qtwo" + run, "9150091", "Authorization", "Bearer " + key);
        one.fill(run);
        two.fill(run);
        OpenApiDocument document = OpenApiDocument.of(one.api);

        assertThat(readsShowing(document, one, two)).hasSizeGreaterThan(30);
        assertThat(readsShowing(document, two, one)).hasSizeGreaterThan(30);
        cursorsAndTags(one, two);
        nothingIsKnownOfWhatTheOtherHas(document, one, two);
        rowsBelongToTheirTenant(one, two);
        new ForeignAttempts(one, two, run, ATTEMPTS).make();
        assertThat(readsShowing(document, one, two)).hasSizeGreaterThan(30);
    }

    /** All reads of a tenant; returns those whose answers had something of its own. */
    private static List<String> readsShowing(OpenApiDocument document, TenantScene reader, TenantScene other) {
        List<String> showing = new ArrayList<>();
        for (Operation operation : document.operations()) {
            boolean lookup = LOOKUPS.containsKey(operation.id());
            if (isOfTheService(operation)
                    || operation.isEndless()
                    || !lookup && !operation.method().equals("GET")) {
                continue;
            }
            for (Map<String, String> values : List.of(reader.names, reader.own)) {
                String path = path(operation, values);
                String body = lookup ? filled(LOOKUPS.get(operation.id()), values) : null;
                Reply reply = reader.api.send(
                        operation.method(), path, "application/json", body == null ? null : body.getBytes());
                assertThat(reply.status()).as("%s", reply).isLessThan(500);
                assertThat(reply.text()).as("%s %s", reply, path).doesNotContain(other.mark, other.digits);
                if (reply.text().contains(reader.mark) || reply.text().contains(reader.digits)) {
                    showing.add(path);
                }
            }
        }
        return showing;
    }

    private static void cursorsAndTags(TenantScene one, TenantScene two) {
        String ranking = "/api/v1/boards/" + one.names.get("board") + "/rankings/all_time?limit=1";
        Reply first = one.api.get(ranking).expect(200);
        String next = first.json().path("next").asText();

        assertThat(next).isNotEmpty();
        one.api.get(ranking + "&cursor=" + next).expect(200);
        two.api.get(ranking + "&cursor=" + next).expect(422);
        one.api.get(ranking, "If-None-Match", first.header("ETag")).expect(304);
        two.api.get(ranking, "If-None-Match", first.header("ETag")).expect(200);
    }

    /** What the other has and what nobody has are answered alike, whatever is asked. */
    private static void nothingIsKnownOfWhatTheOtherHas(OpenApiDocument document, TenantScene one, TenantScene two) {
        Map<String, String> others = new LinkedHashMap<>(one.own);
        Map<String, String> nobodys = new LinkedHashMap<>(one.own);
        others.put("player", one.own.get("player") + one.mark);
        others.put("user_id", others.get("player"));
        for (String name : NAMES) {
            nobodys.put(name, unknown(name, others.get(name), one.mark));
        }
        for (Operation operation : document.operations()) {
            if (isOfTheService(operation)
                    || operation.isEndless()
                    || operation.parameters().stream()
                            .noneMatch(parameter ->
                                    NAMES.contains(parameter.path("name").asText()))) {
                continue;
            }
            Reply known = asked(two, operation, others);
            Reply unknown = asked(two, operation, nobodys);
            assertThat(known.status()).as("%s", known).isEqualTo(unknown.status());
            assertThat(plain(operation, known, others)).as("%s", known).isEqualTo(plain(operation, unknown, nobodys));
        }
    }

    private static String unknown(String name, String known, String mark) {
        return switch (name) {
            case "import" -> "987654321";
            case "key" -> "0123456789abcdef";
            case "submission" -> "00000000-0000-4000-8000-000000000000";
            default -> known.replace(mark, "zzzz" + mark.substring(4));
        };
    }

    private static Reply asked(TenantScene tenant, Operation operation, Map<String, String> values) {
        String type = operation.bodies().isEmpty()
                ? null
                : operation.bodies().fieldNames().next();
        byte[] body = type == null || type.startsWith("multipart") ? null : "{}".getBytes();
        return tenant.api.send(operation.method(), path(operation, values), type, body);
    }

    /** The answer without the names that were asked for; a number is one only where it follows its kind. */
    private static String plain(Operation operation, Reply reply, Map<String, String> values) {
        String text = reply.text().replaceAll(INSTANT, "instant");
        for (String name : NAMES) {
            if (!name.equals("import")) {
                text = text.replace(values.get(name), name);
            } else if (operation.path().contains("{import}")) {
                text = text.replace("import " + values.get(name), name);
            }
        }
        return text;
    }

    /** Whatever was written, and by whatever statement. */
    private static void rowsBelongToTheirTenant(TenantScene one, TenantScene two) {
        List<Object> tables = StoredRows.column("""
                SELECT c.table_name::text FROM information_schema.columns c JOIN information_schema.tables t
                  ON t.table_name = c.table_name AND t.table_schema = c.table_schema AND t.table_type = 'BASE TABLE'
                WHERE c.column_name = 'tenant_id' AND c.table_schema = current_schema()
                  AND c.table_name NOT LIKE 'score\\_event\\_%'
                  -- has what was asked, by whom: here for what the other has
                  AND c.table_name <> 'audit_log'""");
        for (Object table : tables) {
            for (TenantScene each : List.of(one, two)) {
                String others = "SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%" + each.mark
                        + "%' AND tenant_id " + (each == one ? "<>" : "=") + " 1";
                assertThat(StoredRows.number(others))
                        .as("%s: %s", table, each.mark)
                        .isZero();
            }
        }
    }

    private static boolean isOfTheService(Operation operation) {
        return OF_THE_SERVICE.stream().anyMatch(operation.path()::startsWith);
    }

    private static String path(Operation operation, Map<String, String> values) {
        StringBuilder path = new StringBuilder(operation.path());
        char join = '?';
        for (var parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            boolean inPath = parameter.path("in").asText().equals("path");
            if (inPath || parameter.path("in").asText().equals("query") && isAsked(parameter.path("required"), name)) {
                assertThat(values).as("a value for %s of %s", name, operation).containsKey(name);
                if (inPath) {
                    int at = path.indexOf("{" + name + "}");
                    path.replace(at, at + name.length() + 2, values.get(name));
                } else {
                    path.append(join).append(name).append('=').append(values.get(name));
                    join = '&';
                }
            }
        }
        return path.toString();
    }

    private static boolean isAsked(JsonNode required, String name) {
        return required.asBoolean() || NAMES.contains(name);
    }

    private static String filled(String body, Map<String, String> values) {
        String filled = body;
        for (String name : NAMES) {
            filled = filled.replace("{" + name + "}", values.get(name));
        }
        return filled;
    }
}
