package dev.laurel.web;

import dev.laurel.shared.PageRequest;
import dev.laurel.web.Parameters.Bounds;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The parameters of every list in numbered pages: the page, and its length. */
public class PageAddress {
    private static final Bounds LIMIT = new Bounds(1, 200, 50);

    @QueryParam("page")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000000", defaultValue = "1"))
    String page;

    @QueryParam("limit")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    String limit;

    /** The requested page. */
    public PageRequest request() {
        return new PageRequest((int) Parameters.number("page", page, new Bounds(1, 1_000_000, 1)), (int)
                Parameters.number("limit", limit, LIMIT));
    }

    /** The parameter of every list that is read on from a number or cursor: how many entries it returns. */
    public static class Length {
        @QueryParam("limit")
        @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
        String limit;

        /** The requested number. */
        public int entries() {
            return (int) Parameters.number("limit", limit, LIMIT);
        }
    }
}
