package dev.laurel.shared;

/**
 * One error in the input.
 *
 * @param field name of the field or parameter as the client wrote it
 * @param message the rule that applies, worded so that a user can act on it
 */
public record FieldError(String field, String message) {}
