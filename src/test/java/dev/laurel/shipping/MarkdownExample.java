package dev.laurel.shipping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands in a document that ask a running service, and the answer that the document shows to the last of them.
 *
 * @param commands as they stand
 * @param answer JSON, where a text of one ellipsis stands for anything; empty when none is shown
 */
record MarkdownExample(String commands, Optional<String> answer) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** Blocks that need more than a running service: they build it, start it, or read the stores of another one. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?m)^\\s*(mvn|java|psql|redis-cli) ");

    /** The examples of a document in order: every block of a shell that a running service is enough for. */
    static List<MarkdownExample> of(Path document) {
        return of(YamlFile.text(document));
    }

    static List<MarkdownExample> of(String document) {
        List<MarkdownExample> examples = new ArrayList<>();
        Matcher fence = FENCE.matcher(document);
        String waiting = null;
        while (fence.find()) {
            boolean isAnswer = fence.group(1).equals("json");
            if (waiting != null) {
                examples.add(new MarkdownExample(waiting, isAnswer ? Optional.of(fence.group(2)) : Optional.empty()));
            }
            boolean asks = fence.group(1).equals("sh")
                    && !ELSEWHERE.matcher(fence.group(2)).find();
            waiting = asks ? fence.group(2) : null;
        }
        if (waiting != null) {
            examples.add(new MarkdownExample(waiting, Optional.empty()));
        }
        return examples;
    }
}
