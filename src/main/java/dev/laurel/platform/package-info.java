/** Technical ground under the features: what talks to stores, programs and the clock, and knows no leaderboard. */
package dev.laurel.platform;
