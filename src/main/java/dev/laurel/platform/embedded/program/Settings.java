package dev.laurel.platform.embedded.program;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The settings that can be read before the framework runs: system properties, then environment variables.
 *
 * <p>Configuration files are not read, since the framework, which reads them, already needs the addresses.
 */
public final class Settings {
    private final UnaryOperator<String> properties;
    private final UnaryOperator<String> environment;

    public Settings(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    public static Settings ofThisProcess() {
        return new Settings(System::getProperty, System::getenv);
    }

    /** The value of the first of these names that has one; blank counts as absent. */
    public Optional<String> find(String... names) {
        return Stream.of(names).flatMap(name -> value(name).stream()).findFirst();
    }

    /** The value of the environment variable with exactly this name; blank counts as absent. */
    public Optional<String> variable(String name) {
        return present(environment.apply(name));
    }

    private Optional<String> value(String name) {
        return present(properties.apply(name)).or(() -> present(environment.apply(variableName(name))));
    }

    private static Optional<String> present(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String variableName(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
