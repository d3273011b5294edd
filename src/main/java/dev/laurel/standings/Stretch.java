package dev.laurel.standings;

import java.util.List;

/**
 * Consecutive standings of a ranking, read in one snapshot.
 *
 * @param total players in the window
 * @param first place of the first of them in the total order, from 0
 * @param better number of players with a strictly better score than the first
 */
public record Stretch(long total, long first, long better, List<Standing> standings) {}
