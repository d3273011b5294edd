package dev.laurel.platform.meters;

/**
 * A step of a request, and what it took.
 *
 * @param isPublic whether the client may know: statements tell what was cached, and so whether something has changed that
 *     a frozen board does not show
 */
public record Step(String name, long nanos, boolean isPublic) {
    /** Milliseconds with three decimals, written without a formatter, since every response has them. */
    void write(StringBuilder out) {
        long micros = nanos / 1_000;
        out.append(name).append(";dur=").append(micros / 1_000).append('.');
        long rest = micros % 1_000;
        if (rest < 100) {
            out.append('0');
        }
        if (rest < 10) {
            out.append('0');
        }
        out.append(rest);
    }
}
