/** Achievements over HTTP: definitions, what a player has reached, and who has reached what. */
package dev.laurel.web.achievements;
