package dev.laurel.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Generators, compilers and linters as programs of their own. They are fetched by {@code src/test/clients/prepare}; a test
 * that lacks one is skipped and says so.
 */
final class Tools {
    /** What the drivers of the clients and the settings of the tools are. */
    static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();

    private static final Path FETCHED = Path.of("target/clients/tools").toAbsolutePath();
    private static final Path GENERATOR = FETCHED.resolve("openapi-generator-cli.jar");
    private static final int PATIENCE_SECONDS = 120;
    private static final String JAVA_HOME = System.getProperty("java.home");

    private Tools() {}

    static void requireGenerator() {
        require(Files.exists(GENERATOR), "the generator, which src/test/clients/prepare fetches");
    }

    static void requireNpm() {
        require(succeeds("node", "--version"), "Node.js");
        require(
                Files.isDirectory(FETCHED.resolve("node_modules/openapi-fetch")),
                "the packages of npm, which src/test/clients/prepare fetches");
    }

    static void requirePython(String modules) {
        require(
                succeeds("/usr/bin/python3", "-c", "import " + modules),
                "/usr/bin/python3 with the modules " + modules);
    }

    private static void require(boolean there, String what) {
        if (!there) {
            System.out.println("Skipped: needs " + what);
        }
        assumeTrue(there, "needs " + what);
    }

    /** Generates a client into a new folder of that name. */
    static Path generate(String generator, Path document, Path target, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java("java"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATOR.toString(),
                "generate",
                "-g",
                generator,
                "-i",
                document.toString(),
                "-o",
                target.toString(),
                "--global-property",
                "apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
        command.addAll(List.of(options));
        run(target.getParent(), command);
        return target;
    }

    /** A program of the JDK the tests run on. */
    static String java(String program) {
        return JAVA_HOME + "/bin/" + program;
    }

    /** A program of a package of npm. */
    static String npm(String program) {
        return FETCHED.resolve("node_modules/.bin").resolve(program).toString();
    }

    /** A folder in which the packages of npm are found. */
    static Path npmFolder(String name) throws IOException {
        return Files.createDirectories(FETCHED.resolve(name));
    }

    /** Runs a program to its end, which has to be a good one. */
    static String run(Path folder, List<String> command) throws IOException {
        Path told = Files.createTempFile("laurel", ".told");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(told);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", command, output.substring(Math.max(0, output.length() - 4_000)))
                    .isTrue();
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
            Files.delete(told);
        }
    }

    static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
