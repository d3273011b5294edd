package dev.laurel.backup.table;

/**
 * A table of the service.
 *
 * @param family what it belongs to, for people
 * @param content what its rows are; of a table that is left out, why
 */
public record TableSpec(String family, String name, Role role, String content) {
    private static final int FIELDS = 4;

    static TableSpec parse(String line) {
        String[] fields = line.split("\t");
        if (fields.length != FIELDS) {
            throw new IllegalStateException("Not " + FIELDS + " fields: " + line);
        }
        return new TableSpec(fields[0], fields[1], Role.valueOf(fields[2]), fields[3]);
    }

    public boolean isInBackup() {
        return role != Role.OUT;
    }

    /** What a restore finds in it. */
    public enum Role {
        /** No rows, unless the service is in use. */
        NEW,
        /** Rows that a service has as soon as it runs. */
        OWN,
        /** It is not in a backup. */
        OUT
    }
}
