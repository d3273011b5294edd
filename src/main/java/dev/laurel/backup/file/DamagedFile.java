package dev.laurel.backup.file;

import java.io.IOException;

/** Signals that a file of a backup is not as it was written. */
public final class DamagedFile extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String fault;

    public DamagedFile(String file, String fault) {
        this(file, fault, null);
    }

    DamagedFile(String file, String fault, Throwable cause) {
        super(file + " " + fault, cause);
        this.file = file;
        this.fault = fault;
    }

    /** What is wrong, for people. */
    public Damage damage() {
        return new Damage(file, fault);
    }

    /**
     * What is wrong with a file.
     *
     * @param fault follows the name of the file in a sentence
     */
    public record Damage(String file, String fault) {}
}
