package dev.laurel;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.access.key.ApiKey;
import dev.laurel.access.key.Keys;
import dev.laurel.access.key.NewKey;
import dev.laurel.auditlog.AuditLog;
import dev.laurel.auditlog.AuditedAction;
import dev.laurel.auditlog.AuditedAction.Actor;
import dev.laurel.auditlog.AuditedAction.Definition;
import dev.laurel.cli.keys.DirectKeys.Order;
import dev.laurel.platform.embedded.program.DataFolder;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    private static final int CREATED = 201;

    /** Somebody with the settings of the service, on a machine that reaches PostgreSQL. */
    private static final AuditedAction CREATION = new AuditedAction(
            new Actor(Tenant.DEFAULT, Caller.SYSTEM.kind().name(), "direct", "local"),
            "createKey",
            "POST",
            "/api/v1/admin/keys",
            null,
            Map.of(),
            Definition.NONE);

    private static volatile Order order;
    private static volatile int code = FAILED;

    private final Keys keys;
    private final AuditLog audit;

    // Not private: the framework makes it a bean.
    FirstKey(Keys keys, AuditLog audit) {
        this.keys = keys;
        this.audit = audit;
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
            if (order.key() == null) {
                Keys.Created created = MainThread.await(() -> audited(keys.create(wanted), made -> made.key()));
                LOG.infof("Key %s; it is shown this once:", created.key().id());
                System.out.println(created.secret());
            } else {
                ApiKey there = MainThread.await(() -> audited(keys.register(wanted, order.key()), key -> key));
                LOG.infof("Key %s is there", there.id());
            }
            return OK;
        } catch (InvalidInput e) {
            System.err.println(e.getMessage());
            return MISUSED;
        } catch (LaurelException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    /** As an administrator's action through the interface. */
    private <T> Uni<T> audited(Uni<T> work, Function<T, ApiKey> key) {
        return audit.begin(CREATION)
                .chain(entry -> work.call(made -> audit.end(entry, CREATION, definition(key.apply(made)), CREATED))
                        .onFailure(LaurelException.class)
                        .call(failure -> audit.end(
                                entry, CREATION, Definition.NONE, failure.code().status())));
    }

    private static Definition definition(ApiKey key) {
        return new Definition("key", key.id());
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
