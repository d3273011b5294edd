package dev.laurel.web.groups;

import dev.laurel.group.GroupProfile;
import dev.laurel.player.Attributes;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Map;

/** A group as a client writes it. */
@Schema(name = "GroupProfile")
public record GroupRequest(
        @Schema(
                required = true,
                examples = "Class 7b",
                minLength = 1,
                maxLength = GroupProfile.MAX_TITLE,
                description = "Shown to people")
        String title,

        @Schema(
                examples = "{\"school\":\"North\",\"year\":7}",
                maxProperties = Attributes.MAX,
                description = "Texts of at most 256 characters, numbers and booleans by name")
        Map<String, Object> attributes) {
    /**
     * The profile described by the request.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    GroupProfile profile() {
        return new GroupProfile(title, attributes == null ? Map.of() : attributes);
    }
}
