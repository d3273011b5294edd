package dev.laurel.faults;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;

/** A way to the service; which of its processes answers is the way's own matter. */
interface Door {
    Reply submit(BoardSpec board, String json) throws IOException;

    /** A page of a ranking, or with a path behind it something else of it. */
    Reply ranking(BoardSpec board, Period period, String rest) throws IOException;

    /** Whether the last request was sent a second time because nobody knows what has become of it. */
    default boolean repeated() {
        return false;
    }

    /** Asks any of these for each request, and no other one when that does not answer. */
    static Door ofAny(List<URI> services, SplittableRandom choices) {
        return new Door() {
            @Override
            public Reply submit(BoardSpec board, String json) throws IOException {
                return Http.submit(any(), board, json);
            }

            @Override
            public Reply ranking(BoardSpec board, Period period, String rest) throws IOException {
                return Http.ranking(any(), board, period, rest);
            }

            private URI any() {
                return services.get(choices.nextInt(services.size()));
            }
        };
    }
}
