package dev.laurel;

import dev.laurel.cli.Cli;
import dev.laurel.cli.keys.DirectKeys;
import dev.laurel.platform.embedded.ServiceStores;
import dev.laurel.platform.embedded.program.StoresUnavailableException;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

import java.io.PrintStream;
import java.util.Optional;

/** The program: provides the stores, then runs the service until it is stopped. */
@QuarkusMain
public final class Laurel {
    private static final String DEVELOPMENT_LOADER = "io.quarkus.bootstrap.classloading.QuarkusClassLoader";
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String HELP = """
            Laurel, the leaderboard service.

            Usage: %1$s [--demo | --migrate | --help | --version]
                   %1$s COMMAND, to be a client of a running service; see %1$s help

              --demo       also fills a few boards with players and keeps scoring, to have something to look at
              --migrate    brings the schema of PostgreSQL up to date and ends

            %2$s
              QUARKUS_HTTP_HOST           address to listen on: 127.0.0.1 with embedded stores, else 0.0.0.0
              QUARKUS_HTTP_PORT           port of the service, if not 8080
              QUARKUS_MANAGEMENT_PORT     port of health and metrics, if not 9000 or the next that is free
            """;
    private static final String OWN_STORES = """
            Without configuration it starts a PostgreSQL and a Redis of its own and keeps their data in ./data.
              LAUREL_POSTGRES_URL         postgresql://user:password@host:5432/database, to use that server instead
              LAUREL_REDIS_URL            redis://:password@host:6379, likewise; REDIS_URL, or REDIS_HOST, REDIS_PORT,
                                          REDIS_PASSWORD and REDIS_DB, are read without it
              LAUREL_EMBEDDED_DATA_DIR    folder for the data of its own stores, if not ./data""";
    private static final String STORES_ELSEWHERE = """
            It needs a PostgreSQL and a Redis:
              LAUREL_POSTGRES_URL         postgresql://user:password@host:5432/database
              LAUREL_REDIS_URL            redis://:password@host:6379; REDIS_URL, or REDIS_HOST, REDIS_PORT,
                                          REDIS_PASSWORD and REDIS_DB, are read without it""";

    // Not private: the framework makes the main class a bean.
    Laurel() {}

    public static void main(String... args) {
        if (Cli.isCommand(args)) {
            end(Cli.run(Laurel::makeKey, args));
            return;
        }
        // The first logging call decides for the whole process; the framework sets this too, but later when run from an
        // IDE.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Optional<Integer> answered = answer(args);
        if (answered.isPresent()) {
            end(answered.get());
            return;
        }
        if (packaged() && !migrates(args)) {
            Optional<String> taken = FreePort.problem();
            if (taken.isPresent()) {
                end(say(System.err, taken.get(), FAILED));
                return;
            }
        }
        if (demonstrates(args)) {
            System.setProperty("laurel.demo", "true");
        }
        try {
            ServiceStores.provide();
        } catch (StoresUnavailableException e) {
            System.err.println(e.getMessage());
            end(FAILED);
            return;
        }
        ListenAddress.choose(ServiceStores.embedded());
        if (ServiceStores.embedded()) {
            // A line for each request is for operators, not for somebody who tries the service on a machine of their
            // own.
            System.setProperty("laurel.default.access-log", "false");
        }
        Tracing.choose();
        ManagementPort.choose();
        if (migrates(args)) {
            Migration.prepare();
            run(Migration.class, args);
        } else {
            run(null, args);
        }
    }

    /** Makes the first key: with the stores and the framework, but nothing listens. */
    private static int makeKey(DirectKeys.Order order) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        FirstKey.prepare(order);
        try {
            ServiceStores.provide();
        } catch (StoresUnavailableException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
        run(FirstKey.class);
        return FirstKey.code();
    }

    private static boolean migrates(String... args) {
        return args.length == 1 && Migration.ARGUMENT.equals(args[0]);
    }

    private static boolean demonstrates(String... args) {
        return args.length == 1 && "--demo".equals(args[0]);
    }

    /** The exit code of options that start nothing; empty if the service is to run. */
    private static Optional<Integer> answer(String... args) {
        if (args.length == 0 || migrates(args) || demonstrates(args)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (args[0]) {
                    case "--help", "-h" -> say(System.out, help(), OK);
                    case "--version" -> say(System.out, "Laurel " + version(), OK);
                    default -> say(System.err, "Unknown argument " + args[0] + "; see --help.", MISUSED);
                });
    }

    private static String help() {
        return ServiceStores.canEmbed()
                ? HELP.formatted("java -jar quarkus-run.jar", OWN_STORES).stripTrailing()
                : HELP.formatted("laurel", STORES_ELSEWHERE).stripTrailing();
    }

    private static int say(PrintStream stream, String text, int code) {
        stream.println(text);
        return code;
    }

    private static String version() {
        return Optional.ofNullable(Laurel.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private static void run(Class<? extends QuarkusApplication> application, String... args) {
        if (packaged()) {
            // Called after the last bean has stopped, unlike a shutdown hook, which would run concurrently with the
            // beans.
            ApplicationLifecycleManager.setDefaultExitCodeHandler((code, failure) -> {
                FreePort.problem(failure).ifPresent(System.err::println);
                ServiceStores.serviceEnded();
                System.exit(code);
            });
        }
        ServiceStores.serviceBegins();
        try {
            Quarkus.run(application, args);
        } finally {
            ServiceStores.serviceEnded();
        }
    }

    private static void end(int code) {
        if (packaged()) {
            System.exit(code);
        }
    }

    /**
     * Neither live reload nor a test, which both share the process and load this class with a loader of their own. The
     * launch mode would say the same, but is not available this early.
     */
    private static boolean packaged() {
        return !DEVELOPMENT_LOADER.equals(
                Laurel.class.getClassLoader().getClass().getName());
    }
}
