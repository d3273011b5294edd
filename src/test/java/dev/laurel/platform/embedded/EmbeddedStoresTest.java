package dev.laurel.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.embedded.program.OrphanCheck;
import dev.laurel.platform.embedded.program.OwnerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The stores as real processes: killed, orphaned, started twice. */
class EmbeddedStoresTest {
    private static final Set<Store> BOTH = EnumSet.allOf(Store.class);
    private static final Duration BACK = Duration.ofSeconds(30);

    @TempDir
    Path place;

    @Test
    void storesThatAreKilledComeBackOnTheirPortsWithTheirData() throws Exception {
        try (EmbeddedStores stores = new EmbeddedStores(place.resolve("data"), BOTH).start()) {
            Database database = Database.of(stores);
            database.write("precious");
            List<Long> before = pids(stores);

            before.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

            await().atMost(BACK).ignoreExceptions().untilAsserted(() -> {
                assertThat(database.row()).isEqualTo("precious");
                assertEmpty(database);
            });
            assertThat(pids(stores)).doesNotContainAnyElementsOf(before);
            assertThat(Database.of(stores)).isEqualTo(database);
        }
    }

    @Test
    void aRunAfterAKilledOneEndsItsStoresAndGoesOnWithItsData() throws Exception {
        Process owner = startOwner("kept");
        List<Long> orphans = pidsOf(owner);
        owner.destroyForcibly().waitFor();
        assertThat(orphans).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        try (EmbeddedStores stores = new EmbeddedStores(place.resolve("data"), BOTH).start()) {
            assertThat(orphans).noneMatch(OrphanCheck::runs);
            assertThat(stores.folder()).hasFileName("data");
            assertThat(Database.of(stores).row()).isEqualTo("kept");
            assertEmpty(Database.of(stores));
        }
    }

    @Test
    void twoRunsAtOnceDoNotMeet() throws Exception {
        try (EmbeddedStores first = new EmbeddedStores(place.resolve("data"), Set.of(Store.REDIS)).start();
                EmbeddedStores second = new EmbeddedStores(place.resolve("data"), Set.of(Store.REDIS)).start()) {
            assertThat(second.folder()).isNotEqualTo(first.folder());
            assertThat(second.redis()).isNotEqualTo(first.redis());
            assertThat(second.postgres()).isEmpty();
        }
    }

    @Test
    void afterAStopNothingRunsAndTheDataIsThereNextTime() throws Exception {
        List<Long> pids;
        try (EmbeddedStores stores = new EmbeddedStores(place.resolve("data"), BOTH).start()) {
            Database.of(stores).write("kept");
            pids = pids(stores);
        }
        assertThat(pids).noneMatch(OrphanCheck::runs);
        Path pidFile = place.resolve("data/postgres/postmaster.pid");
        assertThat(pidFile).doesNotExist();
        // As after a restart of the machine: the process id now belongs to another program, here this one.
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");

        try (EmbeddedStores stores = new EmbeddedStores(place.resolve("data"), BOTH).start()) {
            Database database = Database.of(stores);
            assertThat(database.row()).isEqualTo("kept");
            assertEmpty(database);
            assertDurable(database);
        }
    }

    /** Redis forgets: what it had before a start would not be believed after it. */
    private static void assertEmpty(Database database) throws Exception {
        assertThat(database.redis("DBSIZE")).startsWith(":0");
    }

    private static void assertDurable(Database database) throws Exception {
        assertThat(database.setting("fsync")).isEqualTo("on");
        assertThat(database.setting("synchronous_commit")).isEqualTo("on");
        assertThat(database.setting("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(database.redis("CONFIG GET appendonly")).contains("no");
        assertThat(database.redis("CONFIG GET maxmemory-policy")).contains("noeviction");
    }

    private Process startOwner(String value) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerProgram.class.getName(),
                        place.resolve("data").toString(),
                        value)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<Long> pidsOf(Process owner) throws Exception {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            return Arrays.stream(lines.readLine().split(" ")).map(Long::valueOf).toList();
        }
    }

    private static List<Long> pids(EmbeddedStores stores) {
        return List.of(stores.pid(Store.POSTGRES), stores.pid(Store.REDIS));
    }
}
