package dev.laurel.shared;

/** The kind of an error as clients see it: the HTTP status and the title of the problem document. */
public enum ErrorCode {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "A valid credential is needed"),
    SCOPE_MISSING(403, "The credential does not allow this"),
    CROSS_ORIGIN(403, "Pages of another origin may not make this request"),
    HOST_NOT_ALLOWED(403, "The service does not answer to this host name"),
    NOT_FOUND(404, "The resource does not exist"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted formats is available"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    CONFLICT(409, "The request contradicts what is stored"),
    CONFIRMATION_REQUIRED(409, "The change would lose something"),
    QUOTA_EXCEEDED(409, "The tenant has as much as it may have"),
    PRECONDITION_FAILED(412, "A precondition of the request does not hold"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The format of the body is not supported"),
    INVALID_INPUT(422, "The input is not valid"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    OVERLOADED(503, "The service is overloaded"),
    STORE_UNAVAILABLE(503, "A store is unavailable"),
    INTERNAL(500, "The service has failed");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
