package dev.laurel.web.export;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The format of an exported file, in its URL. */
public class FormatParameter {
    @QueryParam("format")
    @Parameter(
            description = "A text with commas, lines of JSON, or a workbook",
            schema =
                    @Schema(
                            enumeration = {"csv", "ndjson", "xlsx"},
                            defaultValue = "csv"))
    String format;

    public ExportFormat format() {
        return ExportFormat.named(format);
    }
}
