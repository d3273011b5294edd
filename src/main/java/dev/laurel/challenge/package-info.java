/** Challenges: tasks in several variants, what players submit to them, and who has cleared what. */
package dev.laurel.challenge;
