package dev.laurel;

import java.util.Locale;
import java.util.Optional;

/** Turns traces on when it is known where to send them. Without an address no part of them is active. */
final class Tracing {
    static final String OFF = "quarkus.otel.sdk.disabled";
    static final String FRAMEWORKS_ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";
    static final String LOG_FORMAT = "quarkus.log.console.format";

    private static final String ENDPOINT = "laurel.tracing.endpoint";
    private static final String STANDARD_ENDPOINT = "otel.exporter.otlp.endpoint";

    private Tracing() {}

    static void choose() {
        Optional<String> address =
                setting(ENDPOINT).or(() -> setting(FRAMEWORKS_ENDPOINT)).or(() -> setting(STANDARD_ENDPOINT));
        if (address.isEmpty()) {
            return;
        }
        System.setProperty(FRAMEWORKS_ENDPOINT, address.get());
        if (setting(OFF).isEmpty() && setting("otel.sdk.disabled").isEmpty()) {
            System.setProperty(OFF, "false");
        }
        if (setting(LOG_FORMAT).isEmpty()) {
            System.setProperty(LOG_FORMAT, "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c{3.}] (%t) %X{traceId} %s%e%n");
        }
    }

    private static Optional<String> setting(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
