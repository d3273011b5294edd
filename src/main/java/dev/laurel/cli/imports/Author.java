package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Who does something, and why: for the log of the service. */
final class Author {
    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason, for the log; default: the command")
    private String reason;

    @Option(
            names = "--author",
            paramLabel = "NAME",
            defaultValue = "${env:LAUREL_AUTHOR:-${sys:user.name}}",
            description = "The author, for the log; default: LAUREL_AUTHOR, or your user name")
    private String author;

    // For picocli.
    Author() {}

    String reason(String otherwise) {
        return reason == null ? otherwise : reason;
    }

    String name() {
        return author;
    }

    ObjectNode decision(String otherwise) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason(otherwise))
                .put("author", author);
    }
}
