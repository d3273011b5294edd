package dev.laurel.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Work shared by many hands, in which everything of one key keeps its order. */
public final class InOrder {

    /** How many pieces of work are in flight at most. */
    public static final int HANDS = 32;

    private InOrder() {}

    /** Does the work for every item; the first failure stops the rest and is thrown. */
    public static <T> void forEach(Collection<T> items, Function<T, ?> key, Consumer<T> work) {
        Map<Object, List<T>> lanes =
                items.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
        AtomicBoolean failed = new AtomicBoolean();
        List<Callable<Void>> tasks = new ArrayList<>();
        // The longest lanes first: a long one started last would be worked off alone.
        lanes.values().stream()
                .sorted(Comparator.comparingInt((List<T> lane) -> lane.size()).reversed())
                .forEach(lane -> tasks.add(() -> walk(lane, work, failed)));
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        try {
            hands.invokeAll(tasks).forEach(InOrder::finish);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        } finally {
            hands.shutdownNow();
        }
    }

    /** Does the work for every item in no particular order. */
    public static <T> void forEach(Collection<T> items, Consumer<T> work) {
        List<T> all = List.copyOf(items);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < all.size(); number++) {
            numbers.add(number);
        }
        forEach(numbers, number -> number, number -> work.accept(all.get(number)));
    }

    private static <T> Void walk(List<T> lane, Consumer<T> work, AtomicBoolean failed) {
        try {
            for (T item : lane) {
                if (failed.get()) {
                    return null;
                }
                work.accept(item);
            }
        } catch (RuntimeException | Error failure) {
            failed.set(true);
            throw failure;
        }
        return null;
    }

    private static void finish(Future<Void> task) {
        try {
            task.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause().getMessage(), failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }
}
