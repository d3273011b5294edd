package dev.laurel.standings.rank;

import java.util.List;

/**
 * The standings of the given players, in ranking order, read in one snapshot; players without a standing are left out.
 *
 * @param total players in the window
 */
public record Selection(long total, List<Placed> placed) {}
