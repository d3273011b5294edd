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

    /** The examples of a document in order: the blocks of a shell that call {@code curl} and nothing else. */
    static List<MarkdownExample> of(Path document) {
        List<MarkdownExample> examples = new ArrayList<>();
        Matcher fence = FENCE.matcher(YamlFile.text(document));
        String waiting = null;
        while (fence.find()) {
            boolean isAnswer = fence.group(1).equals("json");
            if (waiting != null) {
                examples.add(new MarkdownExample(waiting, isAnswer ? Optional.of(fence.group(2)) : Optional.empty()));
            }
            boolean asks = fence.group(1).equals("sh") && fence.group(2).lines().allMatch(MarkdownExample::isCall);
            waiting = asks ? fence.group(2) : null;
        }
        if (waiting != null) {
            examples.add(new MarkdownExample(waiting, Optional.empty()));
        }
        return examples;
    }

    /** Also a line that goes on with one. */
    private static boolean isCall(String line) {
        return line.startsWith("curl ") || line.startsWith("  ");
    }
}
