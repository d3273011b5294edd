package dev.laurel.standings.postgres;

/**
 * The condition under which a player takes a rank in a window that is not closed: neither disqualified there, nor taken
 * out of all rankings by the player's record. Every statement over live standings has it.
 */
public final class TakesRank {
    /** Players who take no rank on any board; to be used where $1 is the board. */
    private static final String ANYWHERE = """
            NOT EXISTS (SELECT FROM unranked_player o WHERE o.player_id = %1$s
                        AND o.tenant_id = (SELECT b.tenant_id FROM board b WHERE b.id = $1))""";

    private static final String IN_WINDOW = """
            NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = %2$s
                        AND q.window_key = %3$s AND q.player_id = %1$s)
            AND\s""" + ANYWHERE;

    private TakesRank() {}

    /**
     * The condition, for a statement whose $1 is the board.
     *
     * @param player expression of the player's id
     * @param period expression of the window's period
     * @param key expression of the window's key
     */
    public static String in(String player, String period, String key) {
        return IN_WINDOW.formatted(player, period, key);
    }

    /** The condition without the window, for a statement whose $1 is the board. */
    public static String anywhere(String player) {
        return ANYWHERE.formatted(player);
    }
}
