package dev.laurel.shared;

/**
 * Something that a change of a definition would lose, or that could not be undone.
 *
 * @param field name of the field that changes
 * @param from its present value, as text; null for none
 * @param to its value after the change, as text; null for none
 * @param consequence what the change would do, in words that allow a decision
 */
public record Consequence(String field, String from, String to, String consequence) {}
