package dev.laurel.web.boards;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.rules.AccessRules;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Set;

/** Who may use a board, as clients write and read it. */
@Schema(name = "BoardAccess")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BoardAccess(
        @Schema(defaultValue = "false", description = "Whether anyone may read the board without a credential")
        Boolean publicRead,

        @Schema(
                defaultValue = "false",
                description = "Whether players may submit their own scores, with a credential of the scope player")
        Boolean playerSubmissions) {
    /** The rules as a client would write them; null where there are none. */
    static BoardAccess of(AccessRules rules) {
        return rules.equals(AccessRules.NONE) ? null : new BoardAccess(rules.publicRead(), rules.playerSubmissions());
    }

    /** These rules, changed as a merge patch says. */
    static BoardAccess merged(BoardAccess now, BoardAccess wanted, Set<String> named) {
        if (wanted == null || now == null) {
            return wanted;
        }
        return new BoardAccess(
                named.contains("access.publicRead") ? wanted.publicRead : now.publicRead,
                named.contains("access.playerSubmissions") ? wanted.playerSubmissions : now.playerSubmissions);
    }

    AccessRules rules() {
        return new AccessRules(Boolean.TRUE.equals(publicRead), Boolean.TRUE.equals(playerSubmissions));
    }
}
