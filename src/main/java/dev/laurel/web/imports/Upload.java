package dev.laurel.web.imports;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.vertx.ext.web.RoutingContext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A form that has been received, with its file in the spool.
 *
 * @param name of the file, as its sender calls it
 * @param sha256 of the file
 * @param fields of the form but for the file
 */
record Upload(UUID file, String name, long bytes, byte[] sha256, Map<String, String> fields) {
    /** What a file is called that has no name, or none that can be shown. */
    static final String NAMELESS = "file";

    private static final String KEY = Upload.class.getName();

    private static final Set<String> FIELDS = Set.of(
            "board",
            "mode",
            "season",
            "mapping",
            "sheet",
            "dryRun",
            "atomic",
            "onChange",
            "closedWindows",
            "at",
            "reason",
            "author");

    void attach(RoutingContext request) {
        request.put(KEY, this);
    }

    /** That of a request; null when it has none. */
    static Upload of(RoutingContext request) {
        return request.get(KEY);
    }

    /** @throws InvalidInput naming every field of the form that is unknown */
    void requireKnownFields() {
        List<FieldError> errors = new ArrayList<>();
        fields.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> errors.add(new FieldError(name, "is unknown")));
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    /** A field of the form; null when it is missing or empty. */
    String field(String name) {
        String value = fields.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
