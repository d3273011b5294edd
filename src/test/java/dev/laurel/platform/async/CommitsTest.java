package dev.laurel.platform.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.async.Commits.Kind;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CommitsTest {
    private final Commits commits = new Commits();
    private final List<String> heard = new ArrayList<>();

    @Test
    void everyListenerHears() {
        commits.listen((kind, board) -> heard.add("first " + kind + " " + board));
        commits.listen((kind, board) -> heard.add("second " + kind + " " + board));

        commits.announce(Kind.CLOSINGS, 7);

        assertThat(heard).containsExactly("first CLOSINGS 7", "second CLOSINGS 7");
    }

    @Test
    void oneThatFailsDisturbsNeitherTheWriterNorTheOthers() {
        commits.listen((kind, board) -> {
            throw new IllegalStateException("cannot hear");
        });
        commits.listen((kind, board) -> heard.add("second"));

        commits.announce(Kind.EVENTS, 7);

        assertThat(heard).containsExactly("second");
    }
}
