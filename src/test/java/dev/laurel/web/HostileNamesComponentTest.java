package dev.laurel.web;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Names that players choose stay text wherever a browser or a spreadsheet shows them. */
@QuarkusTest
class HostileNamesComponentTest {
    private static final int NAMES = 500;

    /** Each becomes several names, by what stands before and behind it. */
    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "\"><script>alert(1)</script>",
            "'-alert(1)-'",
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "</title><script>alert(1)</script>",
            "<!--<script>",
            "]]><script>alert(1)</script>",
            "{{constructor.constructor('alert(1)')()}}",
            "${7*7}",
            "#{7*7}",
            "<%= 7*7 %>",
            "`;alert(1)//",
            "\\u003cscript\\u003e",
            "&lt;script&gt;",
            "%3Cscript%3E",
            "\uff1cscript\uff1e",
            "+ADw-script+AD4-",
            "=cmd|' /C calc'!A0",
            "=HYPERLINK(\"http://evil.example\",\"x\")",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "+1+cmd",
            "-1+cmd",
            "'; DROP TABLE player; --",
            "<iframe srcdoc='<script>alert(1)</script>'>",
            "<a href=javascript:alert(1)>x</a>",
            "<style>*{display:none}</style>",
            "<base href=//evil.example>",
            "<meta http-equiv=refresh content=0>",
            "[x](javascript:alert(1))",
            "![x](http://evil.example/x.png)");

    private static final List<String> BEFORE = List.of("", "a", "\"", "'", ",", ";", ">", "/");
    private static final List<String> BEHIND = List.of("", "\"", "'", "//", "=1");

    private static final List<String> SHOWN_AS_TEXT = List.of(
            "application/json",
            "application/problem+json",
            "application/x-ndjson",
            "text/csv;charset=UTF-8",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    @TestHTTPResource
    URI service;

    @TempDir
    Path place;

    private final BoardSpec board = aBoard("hostile-names").allTime().build();
    private final Map<String, String> names = new LinkedHashMap<>();
    private LaurelApi api;

    @Test
    @DisplayName("trap 27: names stay text, in answers, in files and in what is refused")
    void namesStayText() throws IOException {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        store();
        String ranking = LaurelApi.ranking(board.id(), "all_time");

        List<JsonNode> entries = new ArrayList<>();
        shown(ranking + "?limit=1000&with=player").json().path("entries").forEach(entries::add);
        assertThat(entries).hasSize(NAMES);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.path("displayName").asText())
                        .isEqualTo(names.get(entry.path("playerId").asText())));
        assertFiles(ranking);
        assertRefusals(ranking);
    }

    private void store() {
        List<ScoreEvent> scores = new ArrayList<>();
        for (String payload : PAYLOADS) {
            for (String before : BEFORE) {
                for (String behind : BEHIND) {
                    String name = before + payload + behind;
                    String player = board.id() + "-" + names.size();
                    if (names.size() < NAMES && name.length() <= 80) {
                        api.put("/api/v1/players/" + player, "{\"displayName\":" + HostileValues.quoted(name) + "}")
                                .expect(201);
                        names.put(player, name);
                        scores.add(ScoreEvent.of(player, Integer.toString(names.size())));
                    }
                }
            }
        }
        assertThat(names).hasSize(NAMES);
        api.submitAll(board.id(), scores).expect(200);
    }

    /** Files are saved, not shown, and no cell of a table is a formula. */
    private void assertFiles(String ranking) throws IOException {
        for (String format : List.of("csv", "ndjson", "xlsx")) {
            Reply file = shown(ranking + "/export?with=player&format=" + format);
            assertThat(file.header("Content-Disposition"))
                    .matches("attachment; filename=\"[A-Za-z0-9._-]+\\." + format + "\"");
            if (format.equals("csv")) {
                assertThat(file.text().lines().skip(1)).allSatisfy(line -> assertThat(line)
                        .doesNotContainPattern("(^|,)\"?[=@\\t]")
                        .doesNotContainPattern("(^|,)\"?[+-][^0-9]"));
            } else if (format.equals("xlsx")) {
                assertThat(sheets(file)).isNotBlank().doesNotContain("<f>", "<f ", "<script", "<img", "<svg");
            }
        }
    }

    private String sheets(Reply reply) throws IOException {
        Path file = Files.write(place.resolve("names.xlsx"), reply.bytes());
        StringBuilder text = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().contains("sheet")) {
                    text.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    /** What a refusal repeats of a request is in JSON, under a type that no browser takes for a page. */
    private void assertRefusals(String ranking) {
        for (String payload : PAYLOADS) {
            String segment = LaurelApi.segment(payload);
            for (Reply refused : List.of(
                    api.get("/api/v1/boards/" + segment),
                    api.get("/" + segment),
                    api.get(ranking + "?" + segment + "=" + segment),
                    api.get(ranking + "?window=" + segment, "Accept", "text/html"),
                    api.put("/api/v1/boards/hostile-names", "{" + HostileValues.quoted(payload) + ":1}"))) {
                assertThat(refused.status()).as("%s", refused).isBetween(400, 499);
                assertText(refused);
                assertProblem(refused, refused.status());
            }
        }
    }

    private Reply shown(String path) {
        Reply reply = api.get(path).expect(200);
        assertText(reply);
        return reply;
    }

    private static void assertText(Reply reply) {
        assertThat(reply.header("Content-Type")).as("%s", reply).matches(type -> SHOWN_AS_TEXT.stream()
                .anyMatch(type::startsWith));
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }
}
