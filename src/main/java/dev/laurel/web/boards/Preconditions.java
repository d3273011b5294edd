package dev.laurel.web.boards;

import dev.laurel.board.Board;
import dev.laurel.shared.Precondition;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The entity tags of definitions, and the preconditions that requests derive from them (RFC 9110, section 13). */
public final class Preconditions {
    private static final String ANY = "*";

    private Preconditions() {}

    /** The entity tag of a definition. */
    static String tag(Board board) {
        return tag(board.version());
    }

    /** The entity tag of a version. */
    public static String tag(String version) {
        return '"' + version + '"';
    }

    /**
     * The precondition of a request.
     *
     * @param ifMatch the header of this name; null when there is none
     * @param ifNoneMatch the header of this name, of which only {@code *} has a meaning for changes; null when
     *     there is none
     */
    public static Precondition of(String ifMatch, String ifNoneMatch) {
        boolean absent = ifNoneMatch != null && ANY.equals(ifNoneMatch.trim());
        if (ifMatch == null) {
            return new Precondition(null, false, absent);
        }
        return ANY.equals(ifMatch.trim())
                ? new Precondition(null, true, absent)
                : new Precondition(versions(ifMatch), true, absent);
    }

    /** A weak tag is never ours: in a strong comparison it matches nothing. */
    private static Set<String> versions(String ifMatch) {
        return Arrays.stream(ifMatch.split(","))
                .map(String::trim)
                .filter(tag -> tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\""))
                .map(tag -> tag.substring(1, tag.length() - 1))
                .collect(Collectors.toUnmodifiableSet());
    }
}
