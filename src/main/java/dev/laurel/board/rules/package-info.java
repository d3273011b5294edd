/** Optional parts of a board's definition, each a set of rules with its own checks. */
package dev.laurel.board.rules;
