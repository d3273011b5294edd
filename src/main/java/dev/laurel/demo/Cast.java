package dev.laurel.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The invented players: a few play a lot, and most play now and then. */
final class Cast {
    private static final List<String> FIRST = List.of(
            "amara", "anton", "beatriz", "chen", "dalia", "elena", "farid", "greta", "hugo", "ines", "jonas", "kaori",
            "leila", "mateo", "mina", "niko", "olga", "priya", "quinn", "rosa", "samir", "tove", "umar", "yara");
    private static final List<String> LAST = List.of(
            "okafor",
            "lindqvist",
            "moreau",
            "tanaka",
            "silva",
            "novak",
            "haddad",
            "berg",
            "rossi",
            "kaur",
            "weber",
            "ortiz",
            "jensen",
            "dubois",
            "ivanova",
            "mensah",
            "costa",
            "fischer",
            "nguyen",
            "walsh");
    private static final int PLAYERS = 96;

    /** Keeps the first players from having the board nearly to themselves. */
    private static final int EVENNESS = 6;

    private Cast() {}

    /** All players, those first who play this board most. */
    static List<String> of(String board) {
        List<String> names = new ArrayList<>(PLAYERS);
        for (int i = 0; i < PLAYERS; i++) {
            // The sizes of the two lists differ, so that no pair occurs twice.
            names.add(FIRST.get(i % FIRST.size()) + "-" + LAST.get((i + i / FIRST.size()) % LAST.size()));
        }
        Dice dice = Dice.of("cast", board);
        for (int i = PLAYERS - 1; i > 0; i--) {
            Collections.swap(names, i, (int) dice.whole(0, i));
        }
        return List.copyOf(names);
    }

    /** The index of a random player of a board; the first ones come up most often. */
    static int anybody(Dice dice) {
        double most = Math.log((PLAYERS + EVENNESS) / (double) EVENNESS);
        return (int) Math.min(PLAYERS - 1, EVENNESS * Math.expm1(dice.share() * most));
    }
}
