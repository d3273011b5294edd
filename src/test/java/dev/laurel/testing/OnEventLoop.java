package dev.laurel.testing;

import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.Tenant;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Calls to beans of the service as the service itself makes them: on an event loop, with a context of their own, for the default tenant. */
public final class OnEventLoop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OnEventLoop() {}

    /** What the call answers. */
    public static <T> T await(Supplier<Uni<T>> call) {
        return await(PATIENCE, call);
    }

    /** What a call answers that has much to do. */
    public static <T> T await(Duration patience, Supplier<Uni<T>> call) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> {
                CurrentTenant.set(Tenant.DEFAULT);
                return call.get().ifNoItem().after(patience).fail();
            });
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    /** What several calls at the same time answer. */
    public static <T> List<T> awaitAll(int calls, Supplier<Uni<T>> call) {
        return await(() -> Uni.join()
                .all(IntStream.range(0, calls).mapToObj(number -> call.get()).toList())
                .andFailFast());
    }
}
