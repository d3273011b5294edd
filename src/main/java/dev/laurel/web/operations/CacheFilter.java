package dev.laurel.web.operations;

import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import java.util.ArrayList;
import java.util.List;

/** Which values of a cache an operation is about: those that meet all that is given, or all of them. */
public class CacheFilter {
    private static final int MAX = 512;

    @QueryParam("prefix")
    @Parameter(
            description =
                    "Only values whose key begins with this; keys are tenant/feature/subject/view, by public names",
            schema = @Schema(maxLength = MAX, examples = "default/analytics/ada/"))
    String prefix;

    @QueryParam("player")
    @Parameter(description = "Only values about this player", schema = @Schema(maxLength = MAX, examples = "ada"))
    String player;

    @QueryParam("group")
    @Parameter(
            description = "Only values about this group, written with its kind, or about another segment",
            schema = @Schema(maxLength = MAX, examples = "class:7b"))
    String group;

    KeyFilter filter() {
        List<FieldError> errors = new ArrayList<>();
        require(errors, "prefix", prefix);
        require(errors, "player", player);
        require(errors, "group", group);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return new KeyFilter(prefix, player, group);
    }

    private static void require(List<FieldError> errors, String name, String text) {
        if (text != null && (text.isEmpty() || text.length() > MAX)) {
            errors.add(new FieldError(name, "must be 1 to " + MAX + " characters"));
        }
    }
}
