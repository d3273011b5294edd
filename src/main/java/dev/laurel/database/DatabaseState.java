package dev.laurel.database;

import java.time.Instant;
import java.util.List;

/**
 * The state of the database at one moment.
 *
 * @param asOf when it was read
 * @param bytes of the database
 * @param hitRate share of blocks that were found in the server's memory, from 0 to 1; null before the first
 * @param connections to the server, of all its clients
 * @param maxConnections that it accepts
 * @param countedSince when its statistics were reset; null when that never happened
 * @param indexes by table and name
 * @param tables the largest, largest first
 * @param slowStatements those that cost most altogether; null when the server does not count them
 */
public record DatabaseState(
        Instant asOf,
        String version,
        long bytes,
        Double hitRate,
        long connections,
        long maxConnections,
        Instant countedSince,
        List<IndexState> indexes,
        List<TableState> tables,
        List<SlowStatement> slowStatements) {}
