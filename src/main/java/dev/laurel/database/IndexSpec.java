package dev.laurel.database;

/**
 * An index that the service relies on.
 *
 * @param definition what follows its name: {@code ON table (columns)}, and so on
 * @param serves the query that it serves, in words
 */
public record IndexSpec(String name, boolean unique, String definition, String serves) {
    private static final int FIELDS = 4;

    static IndexSpec parse(String line) {
        String[] fields = line.split("\t");
        if (fields.length != FIELDS) {
            throw new IllegalStateException("Not an index: " + line);
        }
        return new IndexSpec(fields[0], "UNIQUE".equals(fields[1]), fields[2], fields[3]);
    }

    /** The table that it belongs to. */
    public String table() {
        return definition.split(" ", 3)[1];
    }

    /** The statement that creates it while the table is read and written. */
    String createConcurrently() {
        return create() + "INDEX CONCURRENTLY " + name + " " + definition;
    }

    /** The statement that creates the same index on a partition. */
    String createOnPartition(String index, String partition) {
        return create() + "INDEX CONCURRENTLY " + index + " "
                + definition.replaceFirst("ON " + table() + " ", "ON " + partition + " ");
    }

    /** The statement that creates it on a partitioned table, without its partitions. */
    String createOnParent() {
        return create() + "INDEX " + name + " " + definition.replaceFirst("ON ", "ON ONLY ");
    }

    private String create() {
        return unique ? "CREATE UNIQUE " : "CREATE ";
    }
}
