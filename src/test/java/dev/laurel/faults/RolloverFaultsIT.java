package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.faults.SeasonRows.Closing;
import dev.laurel.testing.LaurelApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Three processes close the same windows at the same moments, under load, and one of them dies, or all are away. */
@ExtendWith(Stage.Provider.class)
class RolloverFaultsIT {
    private static final int REPLICAS = 3;
    private static final int WRITERS = 12;
    private static final int EVERY_MILLIS = 30;
    private static final int AWAY_FOR = 3;

    /** How far ahead events may lie, so that windows are open which end while everybody is away. */
    private static final int AHEAD_MILLIS = 12_000;

    private static final Duration CLOSED = Duration.ofSeconds(30);
    private static final Duration STOPPED = Duration.ofSeconds(25);

    /** A second is the shortest time between two runs of a job. */
    private static final Map<String, String> SETTINGS =
            Map.of("LAUREL_ARCHIVE_ROLLOVER_EVERY", "1s", "LAUREL_SCORE_MAX_FUTURE", "60s");

    private final int boundaries = FaultSettings.figure("rollover-boundaries", 6, 500);
    private final int kills = FaultSettings.figure("rollover-kills", 1, 20);

    @Test
    void everyWindowIsClosedOnceAndInItsTurn(Stage stage) throws IOException {
        try (Replicas replicas = new Replicas(stage, "rollover", REPLICAS, SETTINGS)) {
            Findings findings = new Findings();
            SeasonTrial trial = SeasonTrial.define(replicas.get(0).api(), "rollover", boundaries);
            Worst worst = new Worst();
            try (Load load = load(trial, replicas, findings, 1_500)) {
                load.start();
                killAtBoundaries(replicas, trial, new SeasonRows(stage.stores(), trial.board()), worst);
                trial.awaitEnd(boundaries - 1, 500);
            }
            replicas.awaitReady();
            conclude(stage, trial, replicas.all(), findings, worst);
            say("%d boundaries, %d kills; %s", boundaries, kills, worst);
        }
    }

    /** Every second time while a window is half closed, else at any moment. */
    private void killAtBoundaries(Replicas replicas, SeasonTrial trial, SeasonRows rows, Worst worst) {
        SplittableRandom random = FaultSettings.random("rollover");
        for (int kill = 1; kill <= kills; kill++) {
            int season = (int) ((long) boundaries * kill / (kills + 1));
            int victim = random.nextInt(REPLICAS);
            replicas.awaitReady(victim);
            trial.awaitEnd(season, random.nextInt(-500, 500));
            Runnable killing = replicas.get(victim)::kill;
            String moment = "at any moment";
            if (kill % 2 == 1) {
                moment = "while half closed was " + rows.whileHalfClosed(CLOSED, killing);
            } else {
                killing.run();
            }
            long after = System.currentTimeMillis() - trial.end(season);
            String told = "kill %d of %d: process %d, dead %d ms after the end of %s, %s"
                    .formatted(kill, kills, victim + 1, after, trial.id(season), moment);
            replicas.startAgain(victim).thenAccept(ready -> {
                say("%s; ready in %d ms", told, ready.toMillis());
                worst.of("ready", ready);
            });
        }
    }

    @Test
    void whatEndedWhileAllWereAwayIsClosedOnReturnOldestFirst(Stage stage) throws Exception {
        SplittableRandom random = FaultSettings.random("rollover-away");
        try (Replicas replicas = new Replicas(stage, "rollover-away", REPLICAS, SETTINGS)) {
            Findings findings = new Findings();
            SeasonTrial trial = SeasonTrial.define(replicas.get(0).api(), "rollover-away", 20);
            try (Load load = load(trial, replicas, findings, AHEAD_MILLIS)) {
                load.start();
                trial.awaitEnd(2, random.nextInt(500));
                replicas.all().forEach(Replica::terminate);
                for (Replica replica : replicas.all()) {
                    assertThat(replica.process().waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                }
            }
            returnAfterBoundaries(stage, replicas.get(0), trial, findings);
        }
    }

    private static void returnAfterBoundaries(Stage stage, Replica one, SeasonTrial trial, Findings findings) {
        SeasonRows rows = new SeasonRows(stage.stores(), trial.board());
        int first = trial.at(System.currentTimeMillis());
        List<String> open = rows.windows().stream()
                .filter(window -> !window.closed())
                .map(Closing::id)
                .toList();
        List<String> ended = trial.ids().subList(first, first + AWAY_FOR);
        assertThat(open).as("windows left open").containsAll(ended);
        trial.awaitEnd(first + AWAY_FOR - 1, 10);

        Instant back = Instant.now();
        one.start();
        Instant ready = Instant.now();
        awaitClosed(rows, ended);
        List<Instant> closed = rows.windows().stream()
                .filter(window -> ended.contains(window.id()))
                .map(Closing::closedAt)
                .toList();
        assertThat(closed)
                .as("closed on return, oldest first; the seed is %d", FaultSettings.SEED)
                .hasSize(AWAY_FOR)
                .allMatch(back::isBefore)
                .isSorted()
                .doesNotHaveDuplicates();
        Worst worst = new Worst();
        conclude(stage, trial, List.of(one), findings, worst);
        say(
                "%s ended while all were away, of %d left open; closed %d ms after the start, which took %d ms; %s",
                ended,
                open.size(),
                Duration.between(back, closed.get(AWAY_FOR - 1)).toMillis(),
                Duration.between(back, ready).toMillis(),
                worst);
    }

    private static Load load(SeasonTrial trial, Replicas replicas, Findings findings, int aheadMillis) {
        Load load = new Load(findings);
        for (int i = 0; i < WRITERS; i++) {
            String name = trial.board() + "-writer" + i;
            SeasonWriter writer = new SeasonWriter(name, replicas.addresses(), trial, findings, aheadMillis);
            load.add(name, writer, EVERY_MILLIS);
        }
        return load;
    }

    private static void awaitClosed(SeasonRows rows, List<String> windows) {
        await().atMost(CLOSED).pollInterval(Duration.ofMillis(20)).until(() -> rows.windows().stream()
                .filter(window -> windows.contains(window.id()))
                .allMatch(window -> window.closed() && window.retired()));
    }

    /** Waits until all is closed that was opened, and checks everything. */
    private static void conclude(
            Stage stage, SeasonTrial trial, List<Replica> replicas, Findings findings, Worst worst) {
        SeasonRows rows = new SeasonRows(stage.stores(), trial.board());
        trial.awaitEnd(trial.seasons() - 1, 0);
        awaitClosed(rows, trial.ids());
        findings.assertNone();
        List<LaurelApi> services = replicas.stream().map(Replica::api).toList();
        worst.of("closed after the end", new SeasonVerification(trial, stage.stores()).all(services));
        say(
                "%d windows closed, each once; sent %s, acknowledged %s (%s as duplicates), too late %s, refused %s,"
                        + " unanswered %s; lost 0, twice 0",
                rows.windows().size(),
                findings.sent,
                findings.acknowledged,
                findings.duplicates,
                findings.late,
                findings.refused,
                findings.unanswered);
    }

    private static void say(String format, Object... arguments) {
        System.out.printf("[faults] rollover: %s%n", format.formatted(arguments));
    }
}
