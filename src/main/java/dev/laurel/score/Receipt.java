package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;

import java.util.List;

/**
 * The response to an accepted event.
 *
 * @param eventId the client's; null when it chose none: such an event cannot be told apart from another one
 * @param outcome {@code APPLIED}, {@code UNCHANGED}, {@code DUPLICATE}, {@code HELD} or {@code REJECTED}
 * @param standings of the player in each window of the event; empty when it is held or rejected
 */
public record Receipt(Board board, String eventId, Outcome outcome, List<WindowStanding> standings) {}
