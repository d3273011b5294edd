package dev.laurel.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What integration tests start: the jar on the virtual machine of the tests, or the native program where the build made
 * that. The build says which, because a native program of an earlier build may lie beside a newer jar.
 */
public final class Program {
    private static final boolean NATIVE = "native".equals(System.getProperty("laurel.it.program"));
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    /** The native program has options of the same form, but not the same ones, and ends when told one it does not know. */
    private static final String TUNING = "-XX:";

    private Program() {}

    public static boolean isNative() {
        return NATIVE;
    }

    /** Whether it brings stores of its own: the native one has to be told where some are. */
    public static boolean embedsStores() {
        return !NATIVE;
    }

    /**
     * The words of a command that runs it.
     *
     * @param options for the virtual machine: bounds of the heap, system properties, and tuning that is left out where it
     *     is not known
     */
    static List<String> command(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (NATIVE) {
            command.add(existing(Path.of(System.getProperty("native.image.path"))));
            options.stream().filter(option -> !option.startsWith(TUNING)).forEach(command::add);
        } else {
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(options);
            command.addAll(List.of("-jar", existing(JAR)));
        }
        command.addAll(arguments);
        return command;
    }

    private static String existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("There is no program to test: the build should have made " + file);
        }
        return file.toAbsolutePath().toString();
    }
}
