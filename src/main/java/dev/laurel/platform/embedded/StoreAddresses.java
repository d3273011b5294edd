package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.Settings;
import dev.laurel.platform.embedded.program.StoresUnavailableException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configured addresses of externally run stores.
 *
 * <p>Laurel's own property names take precedence over those of the framework. For Redis, the variables common among
 * applications with their own leaderboard ({@link RedisVariables}) are read as well, so that such an application's
 * environment works unchanged. There is no such fallback for PostgreSQL: migrations must not reach another
 * application's database by accident.
 */
record StoreAddresses(
        Optional<PostgresAddress> postgres,
        Optional<RedisAddress> redis,
        Optional<String> reactiveUrl,
        Optional<String> jdbcUrl) {
    static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    static final String USERNAME = "quarkus.datasource.username";
    static final String PASSWORD = "quarkus.datasource.password";
    static final String REDIS_HOSTS = "quarkus.redis.hosts";
    private static final String POSTGRES_URL = "laurel.postgres.url";

    /** Bypasses a connection pooler: schema changes need a session of their own. */
    private static final String MIGRATION_URL = "laurel.postgres.migration-url";

    private static final String REDIS_URL = "laurel.redis.url";

    static StoreAddresses configured(Settings settings) {
        Optional<PostgresAddress> postgres = settings.find(POSTGRES_URL, REACTIVE_URL, JDBC_URL)
                .map(url -> parse("PostgreSQL", "LAUREL_POSTGRES_URL", PostgresAddress::parse, first(url)))
                .map(address -> address.with(
                        settings.find("laurel.postgres.user", USERNAME),
                        settings.find("laurel.postgres.password", PASSWORD)));
        Optional<RedisAddress> redis = settings.find(REDIS_URL, REDIS_HOSTS)
                .map(url -> parse("Redis", "LAUREL_REDIS_URL", StoreAddresses::redisAddress, url))
                .or(() -> RedisVariables.url(settings)
                        .map(url -> parse("Redis", "REDIS_URL or REDIS_HOST", StoreAddresses::redisAddress, url)));
        Optional<String> migrations = settings.find(MIGRATION_URL)
                .map(url -> parse("PostgreSQL", "LAUREL_POSTGRES_MIGRATION_URL", PostgresAddress::parse, first(url)))
                .map(PostgresAddress::jdbcUrl);
        return new StoreAddresses(
                postgres,
                redis,
                settings.find(POSTGRES_URL).isPresent() ? Optional.empty() : settings.find(REACTIVE_URL),
                settings.find(JDBC_URL).or(() -> migrations));
    }

    static StoreAddresses of(Optional<PostgresAddress> postgres, Optional<RedisAddress> redis) {
        return new StoreAddresses(postgres, redis, Optional.empty(), Optional.empty());
    }

    boolean complete() {
        return postgres.isPresent() && redis.isPresent();
    }

    /** These addresses, with missing ones taken from the other. */
    StoreAddresses orElse(StoreAddresses other) {
        return new StoreAddresses(postgres.or(other::postgres), redis.or(other::redis), reactiveUrl, jdbcUrl);
    }

    /** The addresses as properties of the framework. */
    Map<String, String> asProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        postgres.ifPresent(address -> {
            properties.put(REACTIVE_URL, reactiveUrl.orElseGet(address::reactiveUrl));
            properties.put(JDBC_URL, jdbcUrl.orElseGet(address::jdbcUrl));
            address.user().ifPresent(user -> properties.put(USERNAME, user));
            address.password().ifPresent(password -> properties.put(PASSWORD, password));
        });
        redis.ifPresent(address -> properties.put(REDIS_HOSTS, address.hosts()));
        return properties;
    }

    private static RedisAddress redisAddress(String text) {
        RedisAddress address = RedisAddress.parse(text);
        address.port();
        return address;
    }

    /** The first of several servers: migrations and the check at startup need one. */
    private static String first(String url) {
        return url.split(",(?=\\s*(vertx-reactive:)?postgres)", 2)[0].strip();
    }

    private static <T> T parse(String store, String setting, Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new StoresUnavailableException(
                    e,
                    "The configured address of " + store + " cannot be read.",
                    "It is expected as in " + example(store) + ".",
                    "Correct " + setting + ", or leave it out to use an embedded " + store + ".");
        }
    }

    private static String example(String store) {
        return "Redis".equals(store) ? "redis://:password@host:6379" : "postgresql://user:password@host:5432/database";
    }
}
