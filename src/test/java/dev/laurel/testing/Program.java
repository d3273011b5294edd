package dev.laurel.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What integration tests start: a jar on the virtual machine of the tests, or a native program.
 *
 * @param file the jar or the program
 * @param isNative whether it needs no virtual machine
 */
public record Program(Path file, boolean isNative) {
    /**
     * What this build has made. The build says which, because a native program of an earlier one may lie beside a newer
     * jar.
     */
    public static final Program BUILT = "native".equals(System.getProperty("laurel.it.program"))
            ? new Program(Path.of(System.getProperty("native.image.path")), true)
            : ofJar(Path.of("target", "quarkus-app", "quarkus-run.jar"));

    /** The native program has options of the same form, but not the same ones, and ends when told one it does not know. */
    private static final String TUNING = "-XX:";

    /**
     * In the short form a process lives for half a minute, in which the second compiler takes more time of the processors than
     * it gives back.
     */
    private static final List<String> SHORT_LIVED =
            "short".equals(System.getProperty("laurel.faults.form")) ? List.of("-XX:TieredStopAtLevel=1") : List.of();

    /** As conditions of tests ask. */
    public static boolean builtIsNative() {
        return BUILT.isNative();
    }

    public static Program ofJar(Path file) {
        return new Program(file, false);
    }

    /** Whether it brings stores of its own: the native one has to be told where some are. */
    public boolean embedsStores() {
        return !isNative;
    }

    /**
     * The words of a command that runs it.
     *
     * @param options for the virtual machine: bounds of the heap, system properties, and tuning that is left out where it
     *     is not known
     */
    List<String> command(List<String> options, List<String> arguments) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("There is no program to test: the build should have made " + file);
        }
        String place = file.toAbsolutePath().toString();
        List<String> command = new ArrayList<>();
        if (isNative) {
            command.add(place);
            options.stream().filter(option -> !option.startsWith(TUNING)).forEach(command::add);
        } else {
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(SHORT_LIVED);
            command.addAll(options);
            command.addAll(List.of("-jar", place));
        }
        command.addAll(arguments);
        return command;
    }
}
