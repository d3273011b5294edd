package dev.laurel.database;

import jakarta.enterprise.context.ApplicationScoped;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The indexes that the service relies on in addition to those of primary keys and constraints, with the query each serves. */
@ApplicationScoped
public class IndexCatalog {
    private static final String RESOURCE = "/database/indexes.tsv";

    private final Map<String, IndexSpec> specs = new LinkedHashMap<>();

    IndexCatalog() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(IndexCatalog.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(IndexSpec::parse)
                    .forEach(spec -> specs.put(spec.name(), spec));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By their names. */
    public Map<String, IndexSpec> all() {
        return Map.copyOf(specs);
    }

    public Optional<IndexSpec> find(String name) {
        return Optional.ofNullable(specs.get(name));
    }
}
