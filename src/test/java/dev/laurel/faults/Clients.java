package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Writers and readers that keep their connections, each a client of its own, at a pace that leaves room for starts. */
final class Clients implements AutoCloseable {
    private static final int EVERY_MILLIS = 60;

    private final Scene scene;
    private final KeptConnections.Tally tally = new KeptConnections.Tally();
    private final List<KeptConnections> doors = new ArrayList<>();

    private Clients(Scene scene) {
        this.scene = scene;
    }

    /** Adds so many writers and half as many readers to a scene, and starts them. */
    static Clients begin(Scene scene, String name, List<URI> services, int writers) {
        Clients clients = new Clients(scene);
        for (int i = 0; i < writers; i++) {
            String writer = name + "-writer" + i;
            Door door = clients.door(writer, services);
            Load.Worker worker = new Writer(writer, door, scene.contests(), scene.findings());
            scene.load().add(writer, worker, EVERY_MILLIS);
        }
        for (int i = 0; i < writers / 2; i++) {
            String one = name + "-reader" + i;
            Reader reader = new Reader(one, clients.door(one, services), scene.contests(), scene.findings());
            scene.load().add(one, i % 2 == 0 ? reader::stepPlayer : reader::stepKeptPage, EVERY_MILLIS);
        }
        scene.load().start();
        return clients;
    }

    private Door door(String client, List<URI> services) {
        KeptConnections door = new KeptConnections(services, FaultSettings.random(client + "-door"), tally);
        doors.add(door);
        return door;
    }

    /** No client has been refused anything, or has waited in vain. */
    void assertNoneFailed() {
        Findings findings = scene.findings();
        findings.assertNone();
        assertThat(tally.failed.get())
                .as("requests failed: %s; the seed is %d", tally, FaultSettings.SEED)
                .isZero();
        assertThat(findings.unanswered.get()).as("events without an answer").isZero();
        assertThat(findings.refused.get()).as("events refused: %s", findings).isZero();
        scene.assertReadsAnswered();
    }

    @Override
    public String toString() {
        return tally.toString();
    }

    @Override
    public void close() throws IOException {
        scene.load().close();
        for (KeptConnections door : doors) {
            door.close();
        }
    }
}
