package dev.laurel.platform.async;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** The boards to which this process is writing a whole file: work that can be done later gives way to it. */
@ApplicationScoped
public class LargeWrites {
    /** How many there are of each board. */
    private final Map<Integer, Integer> running = new ConcurrentHashMap<>();

    /** The same work, noted as a large write to a board from its beginning to its end, whatever that is. */
    public <T> Uni<T> during(int boardId, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            running.merge(boardId, 1, Integer::sum);
            return work.onTermination()
                    .invoke(() -> running.computeIfPresent(boardId, (board, n) -> n == 1 ? null : n - 1));
        });
    }

    /** Whether there is one to any of the given boards. */
    public boolean isAny(IntPredicate boards) {
        return !running.isEmpty() && running.keySet().stream().anyMatch(boards::test);
    }
}
