/** Challenges over HTTP: definitions, submissions, and who has cleared what. */
package dev.laurel.web.challenges;
