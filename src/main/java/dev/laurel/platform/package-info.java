<<<<<<< HEAD
/** Technical ground under every feature: the clock, the names of meters, and, below, the ways to the stores. */
=======
/** Technical ground under the features: what talks to stores, programs and the clock, and knows no leaderboard. */
>>>>>>> 3564bc8e7088c21f7b2674ae456540e4c751bd59
package dev.laurel.platform;
