package dev.laurel.platform.embedded.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which Redis is started, with shell scripts for the installed ones. */
class RedisServerTest {
    private static final String REDIS = "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64";
    private static final String VALKEY = "Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64";
    private static final String OLD = "Redis server v=6.2.14 sha=00000000:0 malloc=libc bits=64";

    @TempDir
    Path place;

    private final Map<String, String> environment = new HashMap<>();
    private ProgramCache programs;
    private Path first;
    private Path second;

    @BeforeEach
    void folders() throws Exception {
        first = Files.createDirectory(place.resolve("first"));
        second = Files.createDirectory(place.resolve("second"));
        environment.put("PATH", first + ":" + second + ":/nowhere");
        Settings cache = new Settings(
                name -> name.equals("xdg.cache.home") ? place.resolve("cache").toString() : null, name -> null);
        programs = ProgramCache.open(new Account(List.of(), false), cache);
    }

    @Test
    void anInstalledRedisIsTaken() throws Exception {
        Path installed = install(second, "redis-server", REDIS);

        assertThat(choose().program()).isEqualTo(installed);
        assertThat(choose().reason()).startsWith(installed + " 7.0.15, which is installed");
    }

    @Test
    void soIsAValkey() throws Exception {
        Path installed = install(first, "valkey-server", VALKEY);

        assertThat(choose().program()).isEqualTo(installed);
        assertThat(choose().reason()).startsWith(installed + " 8.0.1, which is installed");
    }

    @Test
    void oneThatIsTooOldIsPassedOver() throws Exception {
        Path old = install(first, "redis-server", OLD);

        assertBundled("as " + old + " is of version 6.2.14, and 7 or newer is needed");

        Path newer = install(second, "redis-server", REDIS);
        assertThat(choose().program()).isEqualTo(newer);
    }

    @Test
    void whatIsNoServerIsPassedOver() throws Exception {
        Path other = install(first, "redis-server", "usage: redis-server FILE");

        assertBundled("as " + other + " is of no known version, and 7 or newer is needed");
    }

    @Test
    void withoutAnyTheBundledOneIsTaken() throws Exception {
        assertBundled("as no redis-server or valkey-server is on the PATH");
    }

    @Test
    void relativeFoldersOnThePathAreLeftOut() throws Exception {
        install(first, "redis-server", REDIS);
        environment.put("PATH", ".:" + Path.of("").toAbsolutePath().relativize(first));

        assertBundled("as no redis-server or valkey-server is on the PATH");
    }

    @Test
    void theSettingCanAskForTheBundledOne() throws Exception {
        install(first, "redis-server", REDIS);
        environment.put("LAUREL_EMBEDDED_REDIS", "bundled");

        assertBundled("as laurel.embedded.redis says");
    }

    @Test
    void theSettingCanNameOne() throws Exception {
        install(first, "redis-server", REDIS);
        Path own = install(place, "my-redis", VALKEY);
        environment.put("LAUREL_EMBEDDED_REDIS", own.toString());

        assertThat(choose().program()).isEqualTo(own);
    }

    @Test
    void aSettingThatNamesNoneStopsTheStart() throws Exception {
        Path old = install(place, "old-redis", OLD);
        for (String wrong :
                new String[] {"redis-server", "bundle", place.resolve("missing").toString(), old.toString()}) {
            environment.put("LAUREL_EMBEDDED_REDIS", wrong);
            assertThatThrownBy(this::choose)
                    .isInstanceOf(StoresUnavailableException.class)
                    .hasMessageContaining("laurel.embedded.redis is " + wrong)
                    .hasMessageContaining("of version 7 or newer");
        }
    }

    private void assertBundled(String why) throws Exception {
        RedisServer chosen = choose();
        assertThat(chosen.program()).startsWith(place.resolve("cache")).hasFileName("redis-server");
        assertThat(chosen.reason()).isEqualTo("the bundled one, " + why);
    }

    private RedisServer choose() throws Exception {
        return RedisServer.choose(new Settings(name -> null, environment::get), programs, Platform.current());
    }

    private static Path install(Path folder, String name, String answer) throws Exception {
        Path program = folder.resolve(name);
        Files.writeString(program, "#!/bin/sh\n[ \"$1\" = --version ] && echo '" + answer + "'\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
