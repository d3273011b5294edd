package dev.laurel.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.PackagedProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Clients are generated from the served document, compiled, and do the main job against the packaged program. */
class GeneratedClientsIT {
    private static final String DONE = ": the main job is done";
    private static final String OLD_PYDANTIC = "1.";

    @TempDir
    static Path place;

    private static KillableStores stores;
    private static PackagedProgram program;
    private static Path document;

    @BeforeAll
    static void start() throws IOException {
        stores = KillableStores.start(place.resolve("stores"));
        program = PackagedProgram.start(place, stores.environment());
        document = place.resolve("openapi.json");
        Files.write(document, program.api().get("/q/openapi.json").expect(200).bytes());
    }

    @AfterAll
    static void stop() throws IOException {
        if (program != null) {
            program.close();
        }
        stores.close();
    }

    @Test
    void aJavaClientCompilesAndWorks() throws IOException {
        Tools.requireGenerator();
        Path client = Tools.generate(
                "java",
                document,
                place.resolve("java"),
                "--library=native",
                "--additional-properties=openApiNullable=false,useJakartaEe=true,useSingleRequestParameter=true,invokerPackage=client,"
                        + "apiPackage=client.api,modelPackage=client.model");
        Path classes = Files.createDirectories(place.resolve("classes"));
        List<String> javac = new ArrayList<>(List.of(
                Tools.java("javac"),
                "-nowarn",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                "" + classes));
        javac.add(Tools.SOURCES.resolve("java/Main.java").toString());
        javac.addAll(sources(client.resolve("src/main/java")));
        Tools.run(place, javac);

        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        assertThat(Tools.run(place, List.of(Tools.java("java"), "-cp", path, "Main", address())))
                .contains("java" + DONE);
    }

    private static List<String> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .toList();
        }
    }

    @Test
    void aPythonClientCanBeImportedAndWorks() throws IOException {
        Tools.requireGenerator();
        Tools.requirePython("pydantic, urllib3, dateutil");
        String version =
                Tools.run(place, List.of("/usr/bin/python3", "-c", "import pydantic; print(pydantic.VERSION)"));
        // Debian 12 has the old one; the enumerations of its generator need a module that Debian does not have.
        Path client = version.startsWith(OLD_PYDANTIC)
                ? python(
                        "python-pydantic-v1",
                        "-t",
                        Tools.SOURCES.resolve("python-templates").toString())
                : python("python");

        String driver = Tools.SOURCES.resolve("python/main.py").toString();
        assertThat(Tools.run(place, List.of("/usr/bin/python3", driver, client.toString(), address())))
                .contains("python" + DONE);
    }

    private static Path python(String generator, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--additional-properties=packageName=laurel_client"));
        all.addAll(List.of(options));
        return Tools.generate(generator, document, place.resolve("python"), all.toArray(String[]::new));
    }

    @Test
    void aTypeScriptClientCompilesAndWorks() throws IOException {
        Tools.requireNpm();
        Path client = Tools.npmFolder("typescript");
        Tools.run(client, List.of(Tools.npm("openapi-typescript"), document.toString(), "-o", "schema.d.ts"));
        for (String file : List.of("main.mts", "tsconfig.json")) {
            Files.write(
                    client.resolve(file),
                    Files.readAllBytes(Tools.SOURCES.resolve("typescript").resolve(file)));
        }
        Tools.run(client, List.of(Tools.npm("tsc"), "-p", "."));

        assertThat(Tools.run(client, List.of("node", "built/main.mjs", address())))
                .contains("typescript" + DONE);
    }

    @Test
    void spectralFindsNoError() throws IOException {
        Tools.requireNpm();
        String ruleset = Tools.SOURCES.resolve("spectral.yaml").toString();
        String told = Tools.run(
                place, List.of(Tools.npm("spectral"), "lint", "--fail-severity=error", "-r", ruleset, "" + document));

        assertThat(told).doesNotContain(" error ");
    }

    @Test
    void redoclyFindsNoError() throws IOException {
        Tools.requireNpm();
        Path folder = Tools.npmFolder("redocly");
        Files.write(folder.resolve("lint.mjs"), Files.readAllBytes(Tools.SOURCES.resolve("lint.mjs")));

        assertThat(Tools.run(folder, List.of("node", "lint.mjs", document.toString())))
                .contains("Redocly: 0 errors");
    }

    private static String address() {
        return program.api().address().toString();
    }
}
