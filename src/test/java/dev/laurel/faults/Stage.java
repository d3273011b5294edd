package dev.laurel.faults;

import dev.laurel.testing.Program;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stores and the processes of the service that all scenarios of a run share, ended after the last one. */
final class Stage implements AutoCloseable {
    private final FaultStores stores;
    private final List<Replica> replicas = new ArrayList<>();
    private final Program kind;
    private final Replica service;
    private Duration undisturbedStart;

    /** A stage on these stores, which it ends with itself, on which a program of any version begins. */
    Stage(FaultStores stores, Program kind) throws IOException {
        System.out.printf(
                "[faults] seed %d, %s form; replay with -Dlaurel.faults.seed=%d%n",
                FaultSettings.SEED, FaultSettings.LONG ? "long" : "short", FaultSettings.SEED);
        this.kind = kind;
        this.stores = stores;
        service = replica("service", List.of(), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(this::abandon));
    }

    FaultStores stores() {
        return stores;
    }

    /** The process most scenarios use, running. */
    Replica service() {
        Duration took = service.start();
        if (undisturbedStart == null) {
            undisturbedStart = took;
        }
        return service;
    }

    /** Ends that process, if it runs, until a scenario asks for it again. */
    void dismissService() {
        service.close();
    }

    /** Has that process be one of this build's program when a scenario asks for it again. */
    void upgradeService() {
        service.close();
        service.upgrade();
    }

    /** How long the first start took, when nothing was sent. */
    Duration undisturbedStart() {
        return undisturbedStart;
    }

    /** Another process on the same stores, not started; what is told wins over what this stage would tell. */
    Replica replica(String name, List<String> options, Map<String, String> told) throws IOException {
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.putAll(told);
        Replica replica = new Replica(name, kind, options, environment);
        replicas.add(replica);
        return replica;
    }

    @Override
    public void close() throws IOException {
        replicas.forEach(Replica::close);
        stores.close();
    }

    /** Hands the one stage to every test that asks for it. */
    static final class Provider implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Stage.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .computeIfAbsent(Stage.class, type -> raised(), Stage.class);
        }

        private static Stage raised() {
            try {
                return new Stage(FaultStores.start("fault-stores"), Program.BUILT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** When the test run is stopped before its end. */
    private void abandon() {
        replicas.stream().filter(Replica::running).forEach(Replica::kill);
    }
}
