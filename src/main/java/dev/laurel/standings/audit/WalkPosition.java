package dev.laurel.standings.audit;

import dev.laurel.standings.audit.AuditReads.Scanned;

/**
 * How far a complete walk of a window has come. It goes through each of its rankings twice: through the players of PostgreSQL,
 * then through those that Redis holds.
 *
 * @param metric the ranking
 * @param inRedis whether it is at those of Redis
 * @param met standings of PostgreSQL met so far, of all rankings
 * @param at the last player, or the cursor of Redis
 */
record WalkPosition(int metric, boolean inRedis, long met, String at) {
    static final WalkPosition START = new WalkPosition(0, false, 0, "");

    static WalkPosition parse(String text) {
        if (text == null) {
            return START;
        }
        String[] parts = text.split(" ", 4);
        return new WalkPosition(Integer.parseInt(parts[0]), parts[1].equals("R"), Long.parseLong(parts[2]), parts[3]);
    }

    /** As it is stored; no player's id is needed to tell the parts. */
    String text() {
        return metric + (inRedis ? " R " : " P ") + met + " " + at;
    }

    WalkPosition after(String player, int rows) {
        return new WalkPosition(metric, false, met + rows, player);
    }

    WalkPosition toRedis() {
        return new WalkPosition(metric, true, met, Scanned.END);
    }

    /** After a part of the hash: the next ranking where it was the last. */
    WalkPosition scanned(String cursor) {
        return cursor.equals(Scanned.END)
                ? new WalkPosition(metric + 1, false, met, "")
                : new WalkPosition(metric, true, met, cursor);
    }
}
