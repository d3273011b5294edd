package dev.laurel.shared;

/**
 * Something that a change of a definition would lose, or could not take back.
 *
 * @param field name of the field that changes
 * @param from its value now, as a text; null for none
 * @param to its value after the change, as a text; null for none
 * @param consequence what the change would do, in words a person can decide on
 */
public record Consequence(String field, String from, String to, String consequence) {}
