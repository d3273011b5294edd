package dev.laurel.platform.faults;

import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;

/**
 * Sends faults by the client of Sentry, which has a bounded queue and a thread of its own. A report names the place and the
 * kind of failure. Messages are left out, since they quote what was asked for or stored; there is no user, no body and no
 * address with its query.
 */
final class SentrySender {
    private static final int PATIENCE_MS = 5_000;
    private static final int SHUTDOWN_MS = 2_000;

    private SentrySender() {}

    /** @param release what reports, unless the settings name it */
    static void start(SentryConfig config, String dsn, String release) {
        Sentry.init(options -> {
            options.setDsn(dsn);
            options.setEnvironment(config.environment());
            options.setRelease(config.release().orElse(release));
            options.setSampleRate(config.sampleRate());
            options.setMaxQueueSize(config.maxWaiting());
            onlyWhatIsReported(options);
        });
    }

    private static void onlyWhatIsReported(SentryOptions options) {
        options.setEnableExternalConfiguration(false);
        options.setEnableUncaughtExceptionHandler(false);
        options.setEnableShutdownHook(false);
        options.setEnableAutoSessionTracking(false);
        options.setSendClientReports(false);
        options.setSendModules(false);
        options.setMaxBreadcrumbs(0);
        options.setConnectionTimeoutMillis(PATIENCE_MS);
        options.setReadTimeoutMillis(PATIENCE_MS);
        options.setShutdownTimeoutMillis(SHUTDOWN_MS);
        options.setBeforeSend((event, hint) -> withoutMessages(event));
    }

    private static SentryEvent withoutMessages(SentryEvent event) {
        if (event.getExceptions() != null) {
            event.getExceptions().forEach(exception -> exception.setValue(null));
        }
        event.setMessage(null);
        event.setUser(null);
        event.setRequest(null);
        return event;
    }

    static void send(Fault fault) {
        SentryEvent event = new SentryEvent(fault.failure());
        event.setLevel(SentryLevel.ERROR);
        event.setTransaction(fault.name());
        event.setTag("kind", fault.kind().tag());
        if (fault.sqlState() != null) {
            event.setTag("sqlstate", fault.sqlState());
        }
        Sentry.captureEvent(event);
    }

    /** Gives what waits a moment to be sent. */
    static void stop() {
        Sentry.close();
    }
}
