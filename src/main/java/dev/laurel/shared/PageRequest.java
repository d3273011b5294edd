package dev.laurel.shared;

/**
 * The requested page of a list.
 *
 * @param page from 1
 * @param limit items per page
 */
public record PageRequest(int page, int limit) {
    /** Rows before this page. */
    public long offset() {
        return (page - 1L) * limit;
    }
}
