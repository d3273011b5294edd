package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the packaged program says and ends with when it does not come to serve anything. */
class ArgumentsIT {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    Path place;

    @Test
    void helpNamesTheArgumentsAndWhatThisProgramNeeds() throws Exception {
        String help = said(0, Map.of(), "--help");

        assertThat(help).contains("--version", "--migrate", "--demo", "LAUREL_POSTGRES_URL", "LAUREL_REDIS_URL");
        assertThat(help.contains("LAUREL_EMBEDDED_DATA_DIR")).isEqualTo(Program.BUILT.embedsStores());
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        assertThat(said(0, Map.of(), "--version").strip()).matches("Laurel \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void anUnknownArgumentIsMisuse() throws Exception {
        assertThat(said(2, Map.of(), "--serve")).contains("Unknown argument --serve");
    }

    @Test
    @EnabledIf(
            value = "dev.laurel.testing.Program#builtIsNative",
            disabledReason = "the jar starts stores of its own, which LaurelIT tests")
    void withoutAddressesOfStoresTheNativeProgramDoesNotStart() throws Exception {
        assertThat(said(1, Map.of()))
                .contains("no embedded stores", "[POSTGRES, REDIS]", "LAUREL_POSTGRES_URL=", "LAUREL_REDIS_URL=");
        assertThat(said(1, Map.of("LAUREL_REDIS_URL", "redis://127.0.0.1:1"))).contains("for [POSTGRES].");
    }

    @Test
    void aPostgresThatDoesNotAnswerEndsTheStartAndIsNamed() throws Exception {
        Map<String, String> nobody = Map.of(
                "LAUREL_POSTGRES_URL", "postgresql://laurel:secret@127.0.0.1:1/laurel",
                "LAUREL_REDIS_URL", "redis://127.0.0.1:1");

        String told = said(1, nobody);

        assertThat(told).contains("127.0.0.1:1").doesNotContain("secret", "\tat ");
        assertThat(told.contains("embedded")).isEqualTo(Program.BUILT.embedsStores());
    }

    @Test
    void aTakenPortEndsTheStartInOneLineThatNamesTheSetting() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            String port = Integer.toString(other.getLocalPort());

            assertThat(said(1, Map.of("QUARKUS_HTTP_PORT", port)).strip())
                    .isEqualTo("port " + port + " is taken: set QUARKUS_HTTP_PORT");
            assertThat(said(1, Map.of("QUARKUS_MANAGEMENT_PORT", port)).strip())
                    .isEqualTo("port " + port + " is taken: set QUARKUS_MANAGEMENT_PORT");
        }
    }

    private String said(int code, Map<String, String> environment, String... arguments) throws Exception {
        try (PackagedProgram program = PackagedProgram.launchOnce(place, environment, arguments)) {
            assertThat(program.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself; it said %s", program.output())
                    .isTrue();
            assertThat(program.process().exitValue()).as(program.output()).isEqualTo(code);
            return program.output();
        }
    }
}
