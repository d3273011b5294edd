package dev.laurel.platform.faults;

import io.vertx.pgclient.PgException;

import java.sql.SQLException;

/**
 * Something that failed because the service is at fault.
 *
 * @param name the request's method and path template, or the job's name
 */
record Fault(Kind kind, String name, Throwable failure) {
    /** A chain of causes may be a circle. */
    private static final int MAX_CAUSES = 20;

    /** The same fault again has the same text: where, what, and the line of code. */
    String key() {
        StackTraceElement[] trace = failure.getStackTrace();
        return name + ' ' + failure.getClass().getName() + ' ' + (trace.length == 0 ? "" : trace[0]);
    }

    /** The state that PostgreSQL gave, or null. Its message is not sent: it quotes what was stored. */
    String sqlState() {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_CAUSES; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                return refused.getSqlState();
            }
            // As Hibernate wraps it.
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused.getSQLState();
            }
            depth++;
        }
        return null;
    }

    /** What has failed. */
    enum Kind {
        REQUEST("request"),
        JOB("job");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        String tag() {
            return tag;
        }
    }
}
