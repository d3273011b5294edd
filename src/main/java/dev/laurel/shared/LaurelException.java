package dev.laurel.shared;

import java.time.Duration;
import java.util.List;

/** The errors that a use case may end with. Their messages are written for clients and reveal no internals. */
public abstract sealed class LaurelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private LaurelException(ErrorCode code, String message, Throwable cause) {
        // Expected outcomes of requests: a stack trace would cost more than the request and say nothing.
        super(message, cause, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** Input that violates a rule; every invalid field is named. */
    public static final class InvalidInput extends LaurelException {
        private static final long serialVersionUID = 1L;

        private final transient List<FieldError> errors;

        public InvalidInput(List<FieldError> errors) {
            super(
                    ErrorCode.INVALID_INPUT,
                    errors.get(0).field() + " " + errors.get(0).message(),
                    null);
            this.errors = List.copyOf(errors);
        }

        public InvalidInput(String field, String message) {
            this(List.of(new FieldError(field, message)));
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /** A body that is too long, in another format than accepted, or not text. */
    public static final class BodyRefused extends LaurelException {
        private static final long serialVersionUID = 1L;

        private final transient List<FieldError> errors;

        /** @param errors may be empty */
        public BodyRefused(ErrorCode code, String message, List<FieldError> errors) {
            super(code, message, null);
            this.errors = List.copyOf(errors);
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /** No credential was sent where one is needed, or it is not valid. What is wrong with it is not said. */
    public static final class Unauthenticated extends LaurelException {
        private static final long serialVersionUID = 1L;

        private final boolean sent;

        private Unauthenticated(String message, boolean sent) {
            super(ErrorCode.UNAUTHENTICATED, message, null);
            this.sent = sent;
        }

        public static Unauthenticated missing() {
            return new Unauthenticated("Send an API key or a token: Authorization: Bearer …", false);
        }

        /** The same for a credential that is unknown, has expired or was revoked. */
        public static Unauthenticated invalid() {
            return new Unauthenticated("The credential is not valid", true);
        }

        /** A token whose signature is valid, and which does not say enough. */
        public static Unauthenticated lacks(String claim) {
            return new Unauthenticated(
                    "The token lacks the claim " + claim + ", which is needed where there are several tenants", true);
        }

        /** Whether a credential was sent. */
        public boolean isSent() {
            return sent;
        }
    }

    /** The credential is valid, and does not allow this. */
    public static final class ScopeMissing extends LaurelException {
        private static final long serialVersionUID = 1L;

        public ScopeMissing(String message) {
            super(ErrorCode.SCOPE_MISSING, message, null);
        }
    }

    /** The requested object does not exist. */
    public static final class NotFound extends LaurelException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(ErrorCode.NOT_FOUND, message, null);
        }
    }

    /** The request contradicts what is stored. */
    public static final class Conflict extends LaurelException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(ErrorCode.CONFLICT, message, null);
        }
    }

    /** The tenant has as much of something as it may have. */
    public static final class QuotaExceeded extends LaurelException {
        private static final long serialVersionUID = 1L;

        public QuotaExceeded(String message) {
            super(ErrorCode.QUOTA_EXCEEDED, message, null);
        }
    }

    /** More was sent than may be in a time; the same request may succeed later. */
    public static final class RateLimited extends LaurelException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public RateLimited(String message, Duration retryAfter) {
            super(ErrorCode.RATE_LIMITED, message, null);
            this.retryAfter = retryAfter;
        }

        /** How long a client should wait before it retries. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** A change that would lose something, and has not been confirmed. Nothing has been changed. */
    public static final class ConfirmationRequired extends LaurelException {
        private static final long serialVersionUID = 1L;

        private final transient List<Consequence> changes;

        public ConfirmationRequired(List<Consequence> changes) {
            super(
                    ErrorCode.CONFIRMATION_REQUIRED,
                    "Nothing was changed, because something would be lost; repeat the request with ?confirm=true to "
                            + "accept that",
                    null);
            this.changes = List.copyOf(changes);
        }

        /** What the change would do. */
        public List<Consequence> changes() {
            return changes;
        }
    }

    /** The client's precondition does not match the stored state. */
    public static final class PreconditionFailed extends LaurelException {
        private static final long serialVersionUID = 1L;

        public PreconditionFailed(String message) {
            super(ErrorCode.PRECONDITION_FAILED, message, null);
        }
    }

    /** A store, or the service itself, cannot do this now; the same request may succeed later. */
    public static final class Unavailable extends LaurelException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;
        private final boolean slow;

        private Unavailable(ErrorCode code, String message, Throwable cause) {
            this(code, message, cause, false);
        }

        private Unavailable(ErrorCode code, String message, Throwable cause, boolean slow) {
            super(code, message, cause);
            this.retryAfter = Duration.ofSeconds(1);
            this.slow = slow;
        }

        /** A store that did not respond, or not in time. */
        public static Unavailable store(String name, Throwable cause) {
            return new Unavailable(ErrorCode.STORE_UNAVAILABLE, name + " is unavailable at the moment", cause);
        }

        /** A store that did not complete a transaction in time; it may be there, and the transaction too large. */
        public static Unavailable slow(String name, Throwable cause) {
            return new Unavailable(ErrorCode.STORE_UNAVAILABLE, name + " is unavailable at the moment", cause, true);
        }

        /** Whether a transaction took too long. */
        public boolean isSlow() {
            return slow;
        }

        /** Work invalidated by a concurrent change; both stores are available. */
        public static Unavailable madeVoid(String what) {
            return new Unavailable(ErrorCode.CONFLICT, what, null);
        }

        /** Whether an immediate retry is likely to succeed. */
        public boolean isMadeVoid() {
            return code() == ErrorCode.CONFLICT;
        }

        /** Work that continues, but will not finish within the time of a request. */
        public static Unavailable late(String what) {
            return new Unavailable(ErrorCode.OVERLOADED, what, null);
        }

        /** A full queue. */
        public static Unavailable overloaded(String what) {
            return new Unavailable(ErrorCode.OVERLOADED, what, null);
        }

        /** How long a client should wait before it retries. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
