package dev.laurel.standings.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many players Redis holds in each ranking of a window.
 *
 * @param state of the whole window
 * @param players by metric
 */
public record WindowSizes(State state, List<Long> players) {
    /** Where sizes are in the answer of the script for a window that has none. */
    private static final long NOT_LOADED = -1;

    private static final long CLOSED = -2;

    /** @param sizes for each ranking players in the hash, then members of the set */
    public static WindowSizes of(List<Long> sizes) {
        State state = State.COMPLETE;
        for (int i = 0; i < sizes.size(); i += 2) {
            if (sizes.get(i) == CLOSED) {
                return new WindowSizes(State.CLOSED, List.of());
            }
            if (sizes.get(i) == NOT_LOADED) {
                state = State.NOT_LOADED;
            } else if (state == State.COMPLETE && !sizes.get(i).equals(sizes.get(i + 1))) {
                state = State.TORN;
            }
        }
        List<Long> players = new ArrayList<>(sizes.size() / 2);
        for (int i = 0; i < sizes.size(); i += 2) {
            players.add(sizes.get(i));
        }
        return new WindowSizes(state, players);
    }

    /** Whether it is read from Redis. */
    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** As it is stored. */
    public String text() {
        return players.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** Whether no ranking has grown by more than so many players since, nor shrunk by more than those who are gone. */
    public boolean mayFollow(String before, long come, long gone) {
        String[] then = before == null ? new String[0] : before.split(",");
        if (then.length != players.size()) {
            return false;
        }
        for (int i = 0; i < then.length; i++) {
            long more = players.get(i) - Long.parseLong(then[i]);
            if (more > come || -more > gone) {
                return false;
            }
        }
        return true;
    }

    /** What can be told of a window by its sizes. */
    public enum State {
        COMPLETE,
        /** Set and hash of a ranking have different sizes. */
        TORN,
        NOT_LOADED,
        CLOSED
    }
}
