package dev.laurel.backup;

import dev.laurel.backup.file.DamagedFile.Damage;

import java.util.List;

/** Signals that a backup is not as it was written. */
public final class DamagedBackup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Damage> damages;

    DamagedBackup(List<Damage> damages) {
        super(damages.get(0).file() + " " + damages.get(0).fault(), null, false, false);
        this.damages = List.copyOf(damages);
    }

    /** At least one. */
    public List<Damage> damages() {
        return damages;
    }
}
