package dev.laurel.standings.window;

import java.util.List;

/**
 * A part of a board with a ranking of its own.
 *
 * @param name such as {@code class:7b}
 * @param version of the members: a digest, so that other members have another one
 * @param playerIds its members, whether or not they are ranked
 */
public record Segment(String name, long version, List<String> playerIds) {
    /** Equal to this one, but small: for keys of caches. */
    public Segment withoutPlayers() {
        return new Segment(name, version, List.of());
    }

    /** The same members of the same segment; compares neither list. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Segment segment && segment.version == version && segment.name.equals(name);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Long.hashCode(version);
    }
}
