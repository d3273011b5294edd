package dev.laurel.imports.file.content;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.ZipException;

/** The reason why a file as a whole cannot be imported, as the error of a field named {@code file}. */
public final class Refusal {
    private static final String FIELD = "file";

    private Refusal() {}

    /** The message continues a sentence that begins with the file. */
    public static InvalidInput of(String message, Object... values) {
        return new InvalidInput(FIELD, values.length == 0 ? message : message.formatted(values));
    }

    public static InvalidInput tooLarge(String what, long limit, String unit) {
        return of("%s more than %s %s, the limit", what, grouped(limit), unit);
    }

    /** Digits in groups of three: long numbers are hard to read. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Whether a file could not be read because of what is in it, and not because of the disk. */
    public static boolean isDamage(IOException failure) {
        return failure instanceof EOFException || failure instanceof ZipException;
    }

    public static InvalidInput damaged(IOException failure) {
        return of(
                failure instanceof EOFException
                        ? "is truncated: its compressed content ends too early"
                        : "is damaged: its compressed content cannot be expanded");
    }
}
