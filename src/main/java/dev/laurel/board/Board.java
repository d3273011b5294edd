package dev.laurel.board;

import java.time.Instant;

/**
 * One life of a board.
 *
 * @param id internal number; a board deleted and created again gets another
 * @param name as clients address it
 * @param revision grows with every change of the definition
 */
public record Board(
        int id, String name, int revision, BoardDefinition definition, Instant createdAt, Instant updatedAt) {}
