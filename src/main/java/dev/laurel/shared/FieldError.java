package dev.laurel.shared;

/**
 * One thing wrong with the input.
 *
 * @param field name of the field or parameter as the client wrote it
 * @param message what holds for it, in words a person can act on
 */
public record FieldError(String field, String message) {}
