/** Gives awards: followers of the feed, and the way back through what has happened before. */
package dev.laurel.achievement.award;
