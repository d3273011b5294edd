package dev.laurel.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.platform.tracing.TraceIds;
import dev.laurel.shared.Consequence;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.Locale;

/**
 * A problem document of RFC 9457.
 *
 * @param type identifies the kind of problem; stable
 * @param code the kind again, as a constant for programs
 * @param errors the invalid fields of the input
 * @param changes what an unconfirmed change would lose
 * @param traceId null while traces are off
 */
@Schema(name = "Problem", description = "What went wrong, as RFC 9457 describes it")
public record Problem(
        @Schema(examples = "urn:laurel:problem:invalid-input")
        String type,

        String title,
        int status,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String detail,
        ErrorCode code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "What a change that has not been confirmed would lose")
        List<Loss> changes,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The trace of the request, for operators; only where traces are on")
        String traceId) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The stable name of a kind of problem. */
    public static String type(ErrorCode code) {
        return "urn:laurel:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Problem of(ErrorCode code, int status, String detail, List<FieldError> errors) {
        return new Problem(type(code), code.title(), status, detail, code, errors, List.of(), TraceIds.current());
    }

    Problem with(List<Consequence> losses) {
        List<Loss> listed = losses.stream()
                .map(one -> new Loss(one.field(), one.from(), one.to(), one.consequence()))
                .toList();
        return new Problem(type, title, status, detail, code, errors, listed, traceId);
    }

    /** Something that an unconfirmed change would lose; absent values are omitted. */
    @Schema(name = "Loss", description = "Something that a change would lose")
    public record Loss(
            @Schema(description = "Name of the field that changes", examples = "lateness")
            String field,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Its value now", examples = "PT720H")
            String from,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Its value after the change", examples = "PT5M")
            String to,

            @Schema(
                    description = "What the change would do",
                    examples = "permanently closes a window that would still accept events: DAILY 2024-05-13")
            String consequence) {}
}
