/** Achievements: what players can reach, and who has reached it. */
package dev.laurel.achievement;
