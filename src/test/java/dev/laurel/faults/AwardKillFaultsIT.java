package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.achievement.AwardOracle;
import dev.laurel.achievement.AwardOracle.Award;
import dev.laurel.achievement.AwardOracle.Event;
import dev.laurel.testing.LaurelApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Awards over random events in random order, while one of two processes that award them is killed again and again: each once, and
 * the same as a plain loop over the events, for achievements that were there before and for those that came later.
 */
@ExtendWith(Stage.Provider.class)
class AwardKillFaultsIT {
    private static final String BOARD = "/api/v1/boards/award-kills";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int BATCH = 500;

    private final int kills = FaultSettings.figure("award-kills", 2, 50);
    private final int size = FaultSettings.figure("award-events", 5_000, 100_000);

    @Test
    void eachAwardIsGivenOnceWhateverDies(Stage stage) throws Exception {
        SplittableRandom random = FaultSettings.random("award-kill");
        Instant until = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Event> events = AwardOracle.random(size, size / 50, until, random);
        try (Replicas replicas = new Replicas(stage, "award-kill", 2, Map.of())) {
            LaurelApi first = replicas.get(0).api();
            first.put(BOARD, "{\"title\":\"Kills\",\"periods\":[\"DAILY\",\"ALL_TIME\"],\"lateness\":\"P40D\"}")
                    .expect(201);
            Map<String, List<Award>> expected = define(first, "before", new AwardOracle(events));
            int every = Math.max(1, size / BATCH / kills);
            for (int sent = 0; sent < size; sent += BATCH) {
                submit(first, events.subList(sent, Math.min(size, sent + BATCH)));
                if (sent / BATCH % every == 0) {
                    Load.pause(random.nextInt(300));
                    replicas.get(1).kill();
                    replicas.startAgain(1);
                    replicas.awaitReady(1);
                }
            }
            expected.putAll(define(first, "later", new AwardOracle(events)));
            replicas.awaitReady();
            for (Replica replica : replicas.all()) {
                expected.forEach((achievement, awards) -> await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(stored(replica.api(), achievement))
                                .as(achievement)
                                .containsExactlyInAnyOrderElementsOf(awards)));
            }
        }
    }

    private static void submit(LaurelApi api, List<Event> events) {
        String lines = events.stream().map(Event::json).collect(Collectors.joining("\n"));
        api.postAs(BOARD + "/scores/batch", "application/x-ndjson", lines).expect(200);
    }

    private static Map<String, List<Award>> define(LaurelApi api, String name, AwardOracle oracle) {
        Map<String, List<Award>> expected = new LinkedHashMap<>();
        expected.put(rule(api, name + "-total", "TOTAL", 200, ""), oracle.total("", 200));
        expected.put(
                rule(api, name + "-first", "TOTAL", 100, ",\"first\":3"), AwardOracle.first(oracle.total("", 100), 3));
        expected.put(rule(api, name + "-daily", "TOTAL", 25, ",\"repeats\":\"DAILY\""), oracle.dailyTotal(25));
        expected.put(rule(api, name + "-events", "EVENTS", 45, ""), oracle.events(45));
        expected.put(rule(api, name + "-streak", "STREAK_DAYS", 8, ""), oracle.streak(8));
        return expected;
    }

    private static String rule(LaurelApi api, String id, String measure, int min, String more) {
        String path = "/api/v1/achievements/" + id;
        api.put(path, """
                {"title":"Kills","revocable":true,"rule":{"measure":"%s","board":"award-kills","min":%d}%s}""".formatted(measure, min, more)).expect(201);
        return path;
    }

    private static List<Award> stored(LaurelApi api, String achievement) {
        List<Award> all = new ArrayList<>();
        long pages = 1;
        for (int page = 1; page <= pages; page++) {
            JsonNode found = api.get(achievement + "/holders?limit=200&page=" + page)
                    .expect(200)
                    .json();
            pages = found.path("pagination").path("pages").asLong();
            found.path("items")
                    .forEach(one -> all.add(new Award(
                            one.path("playerId").asText(),
                            one.path("tier").asText(),
                            one.path("window").asText(),
                            Instant.parse(one.path("reachedAt").asText()))));
        }
        return all;
    }
}
