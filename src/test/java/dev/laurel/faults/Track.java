package dev.laurel.faults;

import java.util.Arrays;

/** What one sender sent to one board, in order, and what was acknowledged: a page of the journal. */
final class Track {
    private static final byte WITH_ID = 1;
    private static final byte ACKNOWLEDGED = 2;

    private final String name;
    private int[] players = new int[256];
    private int[] scores = new int[256];
    private byte[] states = new byte[256];
    private int size;

    Track(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Notes an event that is about to be sent for the first time, and answers its number. */
    synchronized int sending(int player, int score, boolean withId) {
        if (size == players.length) {
            players = Arrays.copyOf(players, 2 * size);
            scores = Arrays.copyOf(scores, 2 * size);
            states = Arrays.copyOf(states, 2 * size);
        }
        players[size] = player;
        scores[size] = score;
        states[size] = withId ? WITH_ID : 0;
        return size++;
    }

    synchronized void acknowledged(int number) {
        states[number] |= ACKNOWLEDGED;
    }

    synchronized int size() {
        return size;
    }

    synchronized int player(int number) {
        return players[number];
    }

    synchronized int score(int number) {
        return scores[number];
    }

    synchronized boolean hasId(int number) {
        return (states[number] & WITH_ID) != 0;
    }

    synchronized boolean isAcknowledged(int number) {
        return (states[number] & ACKNOWLEDGED) != 0;
    }

    /** The id under which an event is sent, however often. */
    String id(int number) {
        return name + "-" + number;
    }
}
