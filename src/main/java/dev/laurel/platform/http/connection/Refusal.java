package dev.laurel.platform.http.connection;

import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import io.netty.handler.codec.DecoderResult;

import java.util.List;

/**
 * Why a request is not carried out. It travels as the decoding result of a request that stands in for the refused one:
 * clients cannot forge it, and the response takes the usual path.
 */
public final class Refusal extends DecoderResult {
    private final ErrorCode code;
    private final String detail;
    private final List<FieldError> errors;

    private Refusal(ErrorCode code, String detail, List<FieldError> errors) {
        super(SIGNAL_SUCCESS);
        this.code = code;
        this.detail = detail;
        this.errors = errors;
    }

    static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, List.of());
    }

    /** A request that cannot be read because of one of its parts. */
    static Refusal malformed(String field, String message) {
        return new Refusal(ErrorCode.MALFORMED_REQUEST, field + " " + message, List.of(new FieldError(field, message)));
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
