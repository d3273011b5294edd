package dev.laurel.cli.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Who does something, and why: for the log of the service. */
public final class Author {
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

    public String reason(String otherwise) {
        return reason == null ? otherwise : reason;
    }

    public String name() {
        return author;
    }

    /** Both, as the service expects them. */
    public ObjectNode decision(String otherwise) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason(otherwise))
                .put("author", author);
    }
}
