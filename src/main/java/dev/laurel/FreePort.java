package dev.laurel;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.util.ExceptionUtil;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the ports of the service before the stores start, so that a taken one is reported in one line. */
final class FreePort {
    private static final Listener SERVICE = new Listener("quarkus.http", "QUARKUS_HTTP", 8_080);
    private static final Listener MANAGEMENT = new Listener("quarkus.management", "QUARKUS_MANAGEMENT", 0);

    /** Where the framework finds settings that are not known yet. */
    private static final List<Path> FILES = List.of(Path.of("config/application.properties"), Path.of(".env"));

    private FreePort() {}

    /**
     * The message for a configured port that is taken; empty if the service can listen, or it cannot be determined yet.
     */
    static Optional<String> problem() {
        if (FILES.stream().anyMatch(Files::exists)) {
            return Optional.empty();
        }
        return Stream.of(SERVICE, MANAGEMENT)
                .filter(listener -> isTaken(listener.host(), listener.port()))
                .map(listener -> taken(listener.port(), listener.variable() + "_PORT"))
                .findFirst();
    }

    /** The message when the framework could not listen; empty if it failed for another reason. */
    static Optional<String> problem(Throwable failure) {
        Throwable cause = failure == null ? null : ExceptionUtil.getRootCause(failure);
        if (cause instanceof QuarkusBindException refused) {
            return Optional.of(taken(refused.getPort(), "QUARKUS_HTTP_PORT"));
        }
        // The framework does not say which one: two services that start at the same time may choose the same port.
        return cause instanceof BindException
                ? Optional.of("a port is taken: set QUARKUS_HTTP_PORT or QUARKUS_MANAGEMENT_PORT")
                : Optional.empty();
    }

    private static String taken(int port, String setting) {
        return "port " + port + " is taken: set " + setting;
    }

    /** Whether another process has the port; 0 stands for any free one. The framework reports all other errors. */
    static boolean isTaken(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return false;
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).contains("in use");
        } catch (IOException e) {
            return false;
        }
    }

    /** A listener according to its settings. */
    private record Listener(String property, String variable, int usualPort) {
        int port() {
            return setting("port").flatMap(Listener::number).orElse(usualPort);
        }

        /** Defaults to the loopback address, which is listened on in any case. */
        String host() {
            return setting("host").orElse("127.0.0.1");
        }

        private Optional<String> setting(String name) {
            return Optional.ofNullable(System.getProperty(property + "." + name))
                    .or(() -> Optional.ofNullable(System.getenv(variable + "_" + name.toUpperCase(Locale.ROOT))))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
        }

        /** The framework refuses invalid ports. */
        private static Optional<Integer> number(String text) {
            return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535
                    ? Optional.of(Integer.valueOf(text))
                    : Optional.empty();
        }
    }
}
