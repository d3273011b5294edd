package dev.laurel.ranking.movement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of daily positions; which boards keep them, and for how many days, is part of their definitions. */
@ConfigMapping(prefix = "laurel.positions")
public interface PositionConfig {
    /** Maximum number of places kept of each day and metric of a board, from the first; a row each in PostgreSQL. */
    @WithDefault("100000")
    int maxPlaces();
}
