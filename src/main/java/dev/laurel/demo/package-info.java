/** Boards with invented players for people who want something to look at; off unless asked for. */
package dev.laurel.demo;
