package dev.laurel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns traces on when it is known where to send them. Without an address no part of them is active. */
final class Tracing {
    private static final String ENDPOINT = "laurel.tracing.endpoint";
    private static final String FRAMEWORKS_ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";
    private static final String OFF = "quarkus.otel.sdk.disabled";
    private static final String LOG_FORMAT = "quarkus.log.console.format";

    /** Of the framework, and of the standard. */
    private static final List<String> OTHER_ENDPOINTS = List.of(
            FRAMEWORKS_ENDPOINT,
            "quarkus.otel.exporter.otlp.traces.endpoint",
            "otel.exporter.otlp.endpoint",
            "otel.exporter.otlp.traces.endpoint");

    private Tracing() {}

    static void choose() {
        Optional<String> own = setting(ENDPOINT);
        if (own.isEmpty()
                && OTHER_ENDPOINTS.stream().allMatch(name -> setting(name).isEmpty())) {
            return;
        }
        own.ifPresent(address -> System.setProperty(FRAMEWORKS_ENDPOINT, address));
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
