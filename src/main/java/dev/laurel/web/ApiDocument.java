package dev.laurel.web;

import dev.laurel.group.GroupKey;
import dev.laurel.shared.PlayerIds;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The head of the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Laurel",
                        version = "1",
                        description = "The leaderboard service: submit scores, read exact rankings. "
                                + "Errors are problem documents (RFC 9457).",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        servers = @Server(url = "/", description = "The service that serves this document"),
        tags = {
            @Tag(name = "Administration", description = "Manual corrections, and the state of the service"),
            @Tag(
                    name = "First interface, administration",
                    description = "Maintenance of the board that /api/redis-leaderboard serves"),
            @Tag(name = "Service", description = "What this service is")
        },
        components =
                @Components(
                        schemas = {
                            @Schema(
                                    name = "PeriodPath",
                                    type = SchemaType.STRING,
                                    enumeration = {
                                        "daily",
                                        "weekly",
                                        "monthly",
                                        "yearly",
                                        "all_time",
                                        "season",
                                        "last_7_days",
                                        "last_30_days"
                                    }),
                            @Schema(
                                    name = "GroupKind",
                                    type = SchemaType.STRING,
                                    minLength = 1,
                                    maxLength = GroupKey.MAX_KIND,
                                    pattern = "^" + GroupKey.KIND_PATTERN + "$",
                                    description = "1 to 64 letters, digits and ._@|~+-; not friends",
                                    examples = "class"),
                            @Schema(
                                    name = "PlayerId",
                                    type = SchemaType.STRING,
                                    minLength = 1,
                                    maxLength = PlayerIds.MAX_LENGTH,
                                    pattern = PlayerIds.PATTERN,
                                    description =
                                            "1 to 128 characters: letters, digits, marks, punctuation and symbols of any "
                                                    + "script and single spaces inside, in Unicode normalization form C; not . or ..",
                                    examples = "alice")
                        }))
public class ApiDocument extends Application {}
