package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.Period;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a scenario plays in: two boards with their players, writers and readers on them, and what is told of it. */
final class Scene implements AutoCloseable {
    /** How often somebody asks for each window while it is away. */
    private static final long ASKED_EVERY_MILLIS = 500;

    /** How often a paced worker does something: seldom enough to keep its pace with an answer of 40 ms. */
    private static final int EACH_A_SECOND = 25;

    private final String name;
    private final Stage stage;
    private final List<Contest> contests;
    private final Findings findings = new Findings();
    private final Load load = new Load(findings);
    private final Verification verification;

    /** After this long without being equal, Redis is taken not to heal. */
    private final Duration healedAtLast;

    private Scene(String name, Stage stage, List<Contest> contests) {
        this.name = name;
        this.stage = stage;
        this.contests = contests;
        this.verification = new Verification(stage.stores(), contests);
        this.healedAtLast = Duration.ofSeconds(45).plusMillis(contests.get(0).players() / 2);
    }

    /** A board that adds up, with so many players, and one that keeps the best, with a tenth of them, both loaded. */
    static Scene of(String name, Stage stage, int players) {
        List<Contest> contests =
                List.of(Contest.of(name, "SUM", players), Contest.of(name, "BEST", Math.max(50, players / 10)));
        Seeding.sow(stage.stores(), stage.service().api(), contests);
        Scene scene = new Scene(name, stage, contests);
        Duration loaded = scene.awaitComplete(System.nanoTime(), stage.service().address());
        scene.say("%d players, loaded into Redis in %d ms", players, loaded.toMillis());
        scene.verification.stores(scene.healedAtLast);
        return scene;
    }

    Findings findings() {
        return findings;
    }

    Load load() {
        return load;
    }

    List<Contest> contests() {
        return contests;
    }

    Verification verification() {
        return verification;
    }

    /** The slot that all keys of a board share in a cluster. */
    int slot(int contest) {
        return verification.slot(contests.get(contest));
    }

    /** Adds writers and readers as fast as they are answered, and starts them. */
    Scene begin(List<URI> services, int writers, int readers) {
        for (int i = 0; i < writers; i++) {
            String worker = name + "-writer" + i;
            load.add(worker, new Writer(worker, services, contests, findings));
        }
        for (int i = 0; i < readers; i++) {
            String worker = name + "-reader" + i;
            load.add(worker, new Reader(worker, services, contests, findings)::step);
        }
        load.start();
        return this;
    }

    /**
     * Adds writers and readers that together do so much in a second, as long as answers do not take much longer than
     * usual, and starts them.
     */
    Scene beginPaced(List<URI> services, int submissions, int reads) {
        for (int i = 0; i < submissions / EACH_A_SECOND; i++) {
            String worker = name + "-writer" + i;
            load.add(worker, new Writer(worker, services, contests, findings), 1_000 / EACH_A_SECOND);
        }
        for (int i = 0; i < reads / EACH_A_SECOND; i++) {
            String worker = name + "-reader" + i;
            load.add(worker, new Reader(worker, services, contests, findings)::stepLightly, 1_000 / EACH_A_SECOND);
        }
        load.start();
        return this;
    }

    /** Adds readers of single players, which no process may answer from what it keeps. */
    Scene readPlayers(URI service, int readers) {
        for (int i = 0; i < readers; i++) {
            String worker = name + "-player-reader" + i;
            load.add(worker, new Reader(worker, List.of(service), contests, findings)::stepPlayer);
        }
        return this;
    }

    /**
     * Waits until Redis declares all windows complete, reading them meanwhile as clients do.
     *
     * @return the time from the given moment to that
     */
    Duration awaitComplete(long since, URI service) {
        long asked = 0;
        CompletableFuture<?> asking = CompletableFuture.completedFuture(null);
        while (!verification.complete()) {
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .as("time until Redis is complete again; the seed is %d", FaultSettings.SEED)
                    .isLessThan(healedAtLast);
            // Beside the looking: an answer of PostgreSQL's may take longer than the rest of the load.
            if (asking.isDone() && System.nanoTime() - asked > TimeUnit.MILLISECONDS.toNanos(ASKED_EVERY_MILLIS)) {
                asking = CompletableFuture.runAsync(() -> contests.forEach(contest -> ask(service, contest)));
                asked = System.nanoTime();
            }
            Load.pause(20);
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static void ask(URI service, Contest contest) {
        for (Period period : Period.calendar()) {
            try {
                Http.ranking(service, contest.board(), period, "");
            } catch (IOException e) {
                // Whether reads are answered is judged by the readers.
                Load.pause(20);
            }
        }
    }

    /** Stops the load for a moment and checks the stores; answers how long Redis was still behind then. */
    Duration verifyStores() {
        Duration behind = load.inSilence(() -> verification.stores(healedAtLast));
        findings.assertNone();
        return behind;
    }

    /** Ends the load and checks everything, answers included. */
    void verifyAll() {
        load.close();
        verification.stores(healedAtLast);
        verification.answers(stage.service().api());
        findings.assertNone();
        say("%s; lost 0, twice 0", findings);
    }

    /** While a store is away, every read must be answered. */
    void assertReadsAnswered() {
        assertThat(findings.readsRefused.get())
                .as("reads refused, first %s; the seed is %d", findings.firstReadRefused, FaultSettings.SEED)
                .isZero();
        assertThat(findings.readsUnanswered.get())
                .as(
                        "reads without an answer, first %s; the seed is %d",
                        findings.firstReadUnanswered, FaultSettings.SEED)
                .isZero();
    }

    void say(String format, Object... arguments) {
        System.out.printf("[faults] %s: %s%n", name, format.formatted(arguments));
    }

    @Override
    public void close() {
        load.close();
    }
}
