package dev.laurel.score;

import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;

/**
 * An event that PostgreSQL has taken.
 *
 * @param write as it was written, with the board and the windows of that moment
 * @param written what became of it
 */
record Committed(ScoreWrite write, WriteResult written) {}
