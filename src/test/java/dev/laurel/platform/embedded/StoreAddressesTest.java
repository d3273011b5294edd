package dev.laurel.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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

    private static StoreAddresses configured(Map<String, String> properties, Map<String, String> environment) {
        return StoreAddresses.configured(new Settings(properties::get, environment::get));
    }
}
