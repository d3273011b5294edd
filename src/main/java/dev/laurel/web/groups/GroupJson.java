package dev.laurel.web.groups;

import dev.laurel.group.Group;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Map;

/** The JSON form of a group. */
@Schema(name = "Group")
public record GroupJson(
        String kind,
        String id,
        String title,

        @Schema(description = "Texts, numbers and booleans by name")
        Map<String, Object> attributes,

        Instant createdAt,
        Instant updatedAt) {
    static GroupJson of(Group group) {
        return new GroupJson(
                group.key().kind(),
                group.key().id(),
                group.profile().title(),
                group.profile().attributes(),
                group.createdAt(),
                group.updatedAt());
    }
}
