package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Two processes that cache the same records, and what each still answers after the other has changed one. */
@ExtendWith(Stage.Provider.class)
class CacheFaultsIT {
    private static final Duration SEEN = Duration.ofSeconds(30);
    private static final long PROMISED_MILLIS = 100;
    private static final long REVOKED_MILLIS = 1_000;

    private final int trials = FaultSettings.figure("cache-trials", 100, 10_000);

    /** Answers of the time before that may be given later than promised: a machine that does other work delays notices. */
    private final int late = FaultSettings.figure("cache-late", trials, 0);

    private final int cuts = FaultSettings.figure("cache-cuts", 2, 50);

    private final int revocations = FaultSettings.figure("key-revocations", 20, 200);

    @Test
    void theOtherProcessShowsAChangeAtOnce(Stage stage) throws IOException {
        Replica one = stage.service();
        try (Replica other = stage.replica("caching", List.of(), Map.of())) {
            other.start();
            List<LaurelApi> both = List.of(one.api(), other.api());
            String player = "cached-" + Long.toString(System.nanoTime(), 36);
            List<Double> ages = new ArrayList<>();
            for (int trial = 0; trial < trials; trial++) {
                LaurelApi writer = both.get(trial % 2);
                LaurelApi reader = both.get((trial + 1) % 2);
                change(writer, player, "Name " + trial);
                long changed = System.nanoTime();
                assertThat(name(writer, player)).isEqualTo("Name " + trial);
                ages.add(oldestAnswer(reader, player, "Name " + trial, changed));
            }
            Collections.sort(ages);
            long tooLate = ages.stream().filter(age -> age > PROMISED_MILLIS).count();
            System.out.printf(
                    "[faults] %d changes; the other process gave the old answer for %.1f ms (median), %.1f ms (99 %%), "
                            + "%.1f ms (longest); %d times after %d ms%n",
                    trials,
                    ages.get(trials / 2),
                    ages.get(trials * 99 / 100),
                    ages.get(trials - 1),
                    tooLate,
                    PROMISED_MILLIS);
            assertThat(tooLate).isLessThanOrEqualTo(late);
            theOtherProcessesRefuseRevokedKeys(stage, both);
        }
    }

    /** Of two in the short form, of three in the long one. */
    private void theOtherProcessesRefuseRevokedKeys(Stage stage, List<LaurelApi> both) throws IOException {
        List<LaurelApi> all = new ArrayList<>(both);
        try (Replica third = FaultSettings.LONG ? stage.replica("revoking", List.of(), Map.of()) : null) {
            if (third != null) {
                third.start();
                all.add(third.api());
            }
            revokeKeys(all);
        }
    }

    private void revokeKeys(List<LaurelApi> all) {
        List<Double> ages = new ArrayList<>();
        for (int trial = 0; trial < revocations; trial++) {
            LaurelApi revoker = all.get(trial % all.size());
            List<LaurelApi> users = all.stream().filter(one -> one != revoker).toList();
            JsonNode made = revoker.post("/api/v1/admin/keys", "{\"name\":\"short-lived\",\"scopes\":[\"read\"]}")
                    .expect(201)
                    .json();
            String[] key = {"Authorization", "Bearer " + made.path("key").asText()};
            users.forEach(user -> user.get("/api/v1/boards", key).expect(200));
            revoker.delete("/api/v1/admin/keys/" + made.at("/details/id").asText())
                    .expect(204);
            long revoked = System.nanoTime();
            revoker.get("/api/v1/boards", key).expect(401);
            // All at once: while one is watched, another one would not be.
            users.stream()
                    .map(user -> CompletableFuture.supplyAsync(() -> oldest(
                            revoked, () -> user.get("/api/v1/boards", key).status() == 401)))
                    .toList()
                    .forEach(age -> ages.add(age.join()));
        }
        Collections.sort(ages);
        long tooLate = ages.stream().filter(age -> age > REVOKED_MILLIS).count();
        System.out.printf(
                "[faults] %d keys revoked at one of %d processes; another one let it in for %.1f ms (median), %.1f ms (longest)%n",
                revocations, all.size(), ages.get(ages.size() / 2), ages.get(ages.size() - 1));
        assertThat(tooLate).isLessThanOrEqualTo(FaultSettings.LONG ? 0 : ages.size());
    }

    /** How long after the change the last request was sent that got the old answer, in milliseconds; 0 if none did. */
    private static double oldestAnswer(LaurelApi reader, String player, String wanted, long changed) {
        return oldest(changed, () -> name(reader, player).equals(wanted));
    }

    private static double oldest(long changed, BooleanSupplier shown) {
        double oldest = 0;
        while (true) {
            double sent = (System.nanoTime() - changed) / (double) TimeUnit.MILLISECONDS.toNanos(1);
            if (shown.getAsBoolean()) {
                return oldest;
            }
            oldest = sent;
            assertThat(sent).as("ms since the change").isLessThan(SEEN.toMillis());
        }
    }

    @Test
    void aProcessThatIsCutOffDoesNotKeepWhatItHas(Stage stage) throws IOException {
        Replica one = stage.service();
        try (SlowPath path = SlowPath.to(stage.stores().redisPort(), 1, FaultSettings.random("caches"));
                Replica deaf = deaf(stage, path)) {
            deaf.start();
            String player = "cut-" + Long.toString(System.nanoTime(), 36);
            change(one.api(), player, "Ada");
            for (int cut = 0; cut < cuts; cut++) {
                String wanted = "Name " + cut;
                name(deaf.api(), player);
                path.cut();
                change(one.api(), player, wanted);
                long changed = System.nanoTime();
                double oldest = oldestAnswer(deaf.api(), player, wanted, changed);
                System.out.printf("[faults] cut %d of %d, old answers for %.1f ms%n", cut + 1, cuts, oldest);
                await().atMost(SEEN).until(() -> hears(deaf.api()));
            }
        }
    }

    private static boolean hears(LaurelApi api) {
        return api.delete("/api/v1/admin/caches/boards?prefix=default/board/nosuch")
                .expect(200)
                .json()
                .path("replicasNotified")
                .asBoolean();
    }

    private static Replica deaf(Stage stage, SlowPath path) throws IOException {
        String direct = ":" + stage.stores().redisPort();
        String hosts = stage.stores().redisHosts().replace(direct, ":" + path.port());
        return stage.replica("deaf", List.of(), Map.of("QUARKUS_REDIS_HOSTS", hosts));
    }

    private static void change(LaurelApi api, String player, String name) {
        assertThat(api.put("/api/v1/players/" + player, "{\"displayName\":\"" + name + "\"}")
                        .status())
                .isIn(200, 201);
    }

    private static String name(LaurelApi api, String player) {
        return api.get("/api/v1/players/" + player + "/eligibility?board=pomodoro")
                .expect(200)
                .json()
                .path("player")
                .path("displayName")
                .asText();
    }
}
