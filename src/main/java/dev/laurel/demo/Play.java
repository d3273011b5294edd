package dev.laurel.demo;

import java.time.Instant;
import java.util.SortedMap;

/** What players of a board submit. */
interface Play {
    /** What a player reaches at an instant, given some luck. */
    Numbers submit(Dice luck, String player, Instant at);

    /**
     * The numbers of one submission as a client writes them.
     *
     * @param metrics those by further metrics
     */
    record Numbers(String score, SortedMap<String, String> metrics) {}
}
