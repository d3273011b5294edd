package dev.laurel.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.Locale;

/**
 * A problem document of RFC 9457.
 *
 * @param type names the kind of problem; stable
 * @param code the kind again, as a constant for programs
 * @param errors the broken fields of invalid input
 */
@Schema(name = "Problem", description = "What went wrong, as RFC 9457 describes it")
public record Problem(
        @Schema(examples = "urn:laurel:problem:invalid-input")
        String type,

        String title,
        int status,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String detail,
        ErrorCode code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The stable name of a kind of problem. */
    public static String type(ErrorCode code) {
        return "urn:laurel:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Problem of(ErrorCode code, int status, String detail, List<FieldError> errors) {
        return new Problem(type(code), code.title(), status, detail, code, errors);
    }
}
