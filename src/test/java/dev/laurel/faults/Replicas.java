package dev.laurel.faults;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Several processes on the same stores, and no other one beside them. */
final class Replicas implements AutoCloseable {
    private final List<Replica> all = new ArrayList<>();
    private final List<CompletableFuture<Duration>> starting = new ArrayList<>();

    /** Starts so many, all with the same settings. */
    Replicas(Stage stage, String name, int count, Map<String, String> settings) throws IOException {
        stage.dismissService();
        for (int i = 1; i <= count; i++) {
            all.add(stage.replica(name + i, List.of(), settings));
            starting.add(CompletableFuture.completedFuture(Duration.ZERO));
        }
        all.forEach(Replica::start);
    }

    List<Replica> all() {
        return all;
    }

    Replica get(int number) {
        return all.get(number);
    }

    List<URI> addresses() {
        return all.stream().map(Replica::address).toList();
    }

    /** Waits until one is ready that may have been killed before. */
    void awaitReady(int number) {
        starting.get(number).join();
    }

    /** Starts one again that has been killed; not awaited. */
    CompletableFuture<Duration> startAgain(int number) {
        starting.set(number, CompletableFuture.supplyAsync(all.get(number)::start));
        return starting.get(number);
    }

    void awaitReady() {
        starting.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        starting.forEach(start -> start.exceptionally(failure -> Duration.ZERO).join());
        all.forEach(Replica::close);
    }
}
