package dev.laurel.testing.suite;

/** Which test belongs to which half: what one of them includes, the other one excludes, so that none is forgotten. */
final class Halves {
    /** All tests are in here. */
    static final String ROOT = "dev.laurel";

    /** Names of test classes; the integration tests, which end in {@code IT}, need the packaged program. */
    static final String TEST = ".*Test";

    /** The tests of the API, and those in the root package: about as long as those of all other packages together. */
    static final String OF_THE_WHOLE = "dev\\.laurel\\.(web\\..*|[^.]*)Test";

    private Halves() {}
}
