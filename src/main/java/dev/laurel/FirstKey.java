package dev.laurel;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Scope;
import dev.laurel.access.key.Keys;
import dev.laurel.access.key.NewKey;
import dev.laurel.cli.keys.DirectKeys.Order;
import dev.laurel.platform.embedded.program.DataFolder;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run that makes an API key and ends: the first one cannot be made by a service, which does not start without. It starts the
 * service like any other run, but nothing listens and no job runs.
 */
final class FirstKey implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(FirstKey.class);
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static volatile Order order;
    private static volatile int code = FAILED;

    private final Keys keys;

    // Not private: the framework makes it a bean.
    FirstKey(Keys keys) {
        this.keys = keys;
    }

    /** As for a migration, which this run makes first where it is due. The standard output is for the key alone. */
    static void prepare(Order wanted) {
        order = wanted;
        Migration.prepare();
        Map.of("quarkus.log.console.stderr", "true", DataFolder.THIS_ONE_ONLY, "true")
                .forEach(System::setProperty);
    }

    static int code() {
        return code;
    }

    @Override
    public int run(String... args) {
        code = make();
        return code;
    }

    private int make() {
        try {
            NewKey wanted = newKey(order);
            if (order.key() != null) {
                LOG.infof(
                        "Key %s is there",
                        MainThread.await(() -> keys.register(wanted, order.key()))
                                .id());
                return OK;
            }
            Keys.Created created = MainThread.await(() -> keys.create(wanted));
            LOG.infof("Key %s; it is shown this once:", created.key().id());
            System.out.println(created.secret());
            return OK;
        } catch (InvalidInput e) {
            System.err.println(e.getMessage());
            return MISUSED;
        } catch (LaurelException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static NewKey newKey(Order order) {
        Set<Scope> scopes = order.scopes().stream()
                .map(scope -> Scope.of(scope)
                        .orElseThrow(() ->
                                new InvalidInput("--scope", "must be one of " + String.join(", ", Scope.texts()))))
                .collect(Collectors.toSet());
        List<String> boards = order.boards();
        return new NewKey(
                Tenant.DEFAULT,
                order.name(),
                scopes,
                boards.isEmpty() ? BoardPatterns.ALL : BoardPatterns.of(boards),
                Optional.empty(),
                "direct",
                Optional.empty());
    }
}
