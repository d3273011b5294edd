package dev.laurel.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.platform.embedded.program.Settings;
import dev.laurel.platform.embedded.program.StoresUnavailableException;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class StoreAddressesTest {
    @Test
    void nothingConfiguredMeansNoAddress() {
        StoreAddresses addresses = configured(Map.of(), Map.of("LAUREL_POSTGRES_URL", " "));

        assertThat(addresses.complete()).isFalse();
        assertThat(addresses.asProperties()).isEmpty();
    }

    @Test
    void theShortNamesSetAllThatTheFrameworkNeeds() {
        StoreAddresses addresses = configured(
                Map.of(),
                Map.of(
                        "LAUREL_POSTGRES_URL", "postgresql://ann:p%40ss+word@db.example:6543/scores?sslmode=require",
                        "LAUREL_REDIS_URL", "redis://:secret@cache.example:6380"));

        assertThat(addresses.complete()).isTrue();
        assertThat(addresses.asProperties())
                .containsOnly(
                        Map.entry(
                                "quarkus.datasource.reactive.url",
                                "postgresql://db.example:6543/scores?sslmode=require"),
                        Map.entry(
                                "quarkus.datasource.jdbc.url",
                                "jdbc:postgresql://db.example:6543/scores?sslmode=require"),
                        Map.entry("quarkus.datasource.username", "ann"),
                        Map.entry("quarkus.datasource.password", "p@ss+word"),
                        Map.entry("quarkus.redis.hosts", "redis://:secret@cache.example:6380"));
    }

    @Test
    void separateCredentialsComeBeforeThoseOfTheAddress() {
        StoreAddresses addresses = configured(
                Map.of("laurel.postgres.password", "new"),
                Map.of("LAUREL_POSTGRES_URL", "postgres://ann:old@db/scores", "LAUREL_POSTGRES_USER", "bob"));

        assertThat(addresses.asProperties())
                .containsEntry("quarkus.datasource.username", "bob")
                .containsEntry("quarkus.datasource.password", "new")
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://db:5432/scores");
    }

    @Test
    void migrationsMayGoPastAPoolOfConnections() {
        StoreAddresses addresses = configured(
                Map.of(),
                Map.of(
                        "LAUREL_POSTGRES_URL", "postgresql://ann:secret@pool:6432/scores",
                        "LAUREL_POSTGRES_MIGRATION_URL", "postgresql://db/scores"));

        assertThat(addresses.asProperties())
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://pool:6432/scores")
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://db:5432/scores")
                .containsEntry("quarkus.datasource.username", "ann");
    }

    @Test
    void namesOfTheFrameworkAreRespectedAsTheyAre() {
        StoreAddresses addresses = configured(
                Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://pooler/scores"),
                Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL", "vertx-reactive:postgresql://a/scores,postgresql://b/scores",
                        "QUARKUS_REDIS_HOSTS", "redis://a:7000,redis://b:7001"));

        assertThat(addresses.asProperties())
                .containsEntry(
                        "quarkus.datasource.reactive.url", "vertx-reactive:postgresql://a/scores,postgresql://b/scores")
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://pooler/scores")
                .containsEntry("quarkus.redis.hosts", "redis://a:7000,redis://b:7001");
    }

    @Test
    void aJdbcAddressAloneServesTheReactiveClientToo() {
        StoreAddresses addresses =
                configured(Map.of(), Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db:5433/scores"));

        assertThat(addresses.asProperties())
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://db:5433/scores");
    }

    @Test
    void systemPropertiesComeBeforeVariables() {
        StoreAddresses addresses =
                configured(Map.of("laurel.redis.url", "one:1"), Map.of("LAUREL_REDIS_URL", "redis://two:2"));

        assertThat(addresses.asProperties()).containsEntry("quarkus.redis.hosts", "redis://one:1");
    }

    @Test
    void oneStoreMayBeConfiguredAndTheOtherAdded() {
        StoreAddresses configured = configured(Map.of(), Map.of("LAUREL_REDIS_URL", "redis://cache:6379"));
        StoreAddresses embedded =
                configured(Map.of("laurel.postgres.url", "postgresql://127.0.0.1:1/laurel"), Map.of());

        assertThat(configured.orElse(embedded).asProperties())
                .containsEntry("quarkus.redis.hosts", "redis://cache:6379")
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:1/laurel");
    }

    @Test
    void theVariablesOfAnApplicationNameItsRedis() {
        StoreAddresses addresses = configured(
                Map.of(),
                Map.of(
                        "REDIS_HOST", "cache.example",
                        "REDIS_PORT", "6380",
                        "REDIS_PASSWORD", "p@ss/wo+rd",
                        "REDIS_DB", "3"));

        assertThat(addresses.asProperties())
                .containsOnly(Map.entry("quarkus.redis.hosts", "redis://:p%40ss%2Fwo%2Brd@cache.example:6380/3"));
    }

    @Test
    void aHostAloneIsEnoughAndAPortAloneIsNothing() {
        assertThat(configured(Map.of(), Map.of("REDIS_HOST", "localhost")).asProperties())
                .containsEntry("quarkus.redis.hosts", "redis://localhost:6379");
        assertThat(configured(Map.of(), Map.of("REDIS_HOST", "::1", "REDIS_PASSWORD", " "))
                        .asProperties())
                .containsEntry("quarkus.redis.hosts", "redis://[::1]:6379");
        assertThat(configured(Map.of(), Map.of("REDIS_PORT", "6379", "REDIS_DB", "1"))
                        .redis())
                .isEmpty();
        assertThat(configured(Map.of(), Map.of("REDIS_URL", "rediss://:x@cache:6380/1", "REDIS_HOST", "other"))
                        .asProperties())
                .containsEntry("quarkus.redis.hosts", "rediss://:x@cache:6380/1");
    }

    @Test
    void theOwnNameOfRedisComesBeforeThatOfTheFrameworkAndThatOfAnApplication() {
        Map<String, String> all = Map.of(
                "LAUREL_REDIS_URL", "redis://own:1",
                "QUARKUS_REDIS_HOSTS", "redis://framework:2",
                "REDIS_URL", "redis://application:3",
                "REDIS_HOST", "host");

        assertThat(configured(Map.of(), all).redis().orElseThrow()).hasToString("own:1");
        assertThat(without(all, "LAUREL_REDIS_URL").redis().orElseThrow()).hasToString("framework:2");
        assertThat(without(all, "LAUREL_REDIS_URL", "QUARKUS_REDIS_HOSTS")
                        .redis()
                        .orElseThrow())
                .hasToString("application:3");
    }

    @Test
    void theOwnNameOfPostgresComesBeforeThatOfTheFrameworkAndOthersAreNotRead() {
        Map<String, String> all = Map.of(
                "LAUREL_POSTGRES_URL", "postgresql://own/laurel",
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://framework/laurel",
                "DATABASE_URL", "postgresql://application/shop");

        assertThat(configured(Map.of(), all).asProperties())
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://own:5432/laurel")
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://own:5432/laurel");
        assertThat(without(all, "LAUREL_POSTGRES_URL", "QUARKUS_DATASOURCE_REACTIVE_URL")
                        .postgres())
                .isEmpty();
    }

    @Test
    void thePortThatKubernetesSetsForAServiceCalledRedisIsRead() {
        assertThat(configured(Map.of(), Map.of("REDIS_HOST", "redis", "REDIS_PORT", "tcp://10.0.0.7:6390"))
                        .asProperties())
                .containsEntry("quarkus.redis.hosts", "redis://redis:6390");
    }

    @Test
    void aVariableThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> configured(Map.of(), Map.of("REDIS_HOST", "cache", "REDIS_PORT", "sixty")))
                .isInstanceOf(StoresUnavailableException.class)
                .hasMessageContainingAll("REDIS_PORT", "LAUREL_REDIS_URL");
        assertThatThrownBy(() -> configured(Map.of(), Map.of("REDIS_HOST", "cache", "REDIS_DB", "main")))
                .isInstanceOf(StoresUnavailableException.class)
                .hasMessageContaining("REDIS_DB");
        assertThatThrownBy(() -> configured(Map.of(), Map.of("REDIS_HOST", "bad host", "REDIS_PASSWORD", "hidden")))
                .isInstanceOf(StoresUnavailableException.class)
                .hasMessageContaining("REDIS_HOST")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void anUnreadableAddressIsRefusedWithoutShowingThePassword() {
        assertThatThrownBy(() -> configured(Map.of(), Map.of("LAUREL_POSTGRES_URL", "mysql://ann:hidden@db/scores")))
                .isInstanceOf(StoresUnavailableException.class)
                .hasMessageContaining("LAUREL_POSTGRES_URL")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> configured(Map.of(), Map.of("LAUREL_REDIS_URL", "redis://bad host")))
                .isInstanceOf(StoresUnavailableException.class)
                .hasMessageContaining("LAUREL_REDIS_URL");
    }

    @Test
    void addressesAreWrittenWithoutPasswords() {
        StoreAddresses addresses = configured(
                Map.of(),
                Map.of(
                        "LAUREL_POSTGRES_URL", "postgresql://ann:hidden@db/scores",
                        "LAUREL_REDIS_URL", "redis://:hidden@cache"));

        assertThat(addresses.postgres().orElseThrow()).hasToString("db:5432/scores");
        assertThat(addresses.redis().orElseThrow()).hasToString("cache:6379");
    }

    private static StoreAddresses without(Map<String, String> environment, String... names) {
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet().removeAll(List.of(names));
        return configured(Map.of(), rest);
    }

    private static StoreAddresses configured(Map<String, String> properties, Map<String, String> environment) {
        return StoreAddresses.configured(new Settings(properties::get, environment::get));
    }
}
