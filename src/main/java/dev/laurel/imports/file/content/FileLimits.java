package dev.laurel.imports.file.content;

/**
 * What an uploaded file must not exceed.
 *
 * @param bytes of the file as it was uploaded
 * @param expandedBytes of what is compressed in it
 * @param expansion expanded bytes for each compressed one, once {@link #FREE_EXPANSION} bytes have been expanded
 * @param rows without the header and without empty ones
 * @param columns of a row
 * @param cellLength characters of a cell
 * @param rowLength characters of all cells of a row
 * @param sharedStrings memory in bytes for the texts that a spreadsheet keeps apart from its rows
 */
public record FileLimits(
        long bytes,
        long expandedBytes,
        int expansion,
        long rows,
        int columns,
        int cellLength,
        int rowLength,
        long sharedStrings) {
    /** Small files may be as repetitive as they like. */
    public static final long FREE_EXPANSION = 8L * 1024 * 1024;
}
