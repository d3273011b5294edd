package dev.laurel.platform.embedded.program;

import java.util.Locale;

/** The processor families for which programs are bundled, and the names of their files. */
public enum Platform {
    AMD64("postgres-linux-x86_64.txz", "redis-server-7.0.15-linux-amd64"),
    ARM64("postgres-linux-arm_64.txz", "redis-server-7.0.15-linux-arm64");

    private final String postgresResource;
    private final String redisResource;

    Platform(String postgresResource, String redisResource) {
        this.postgresResource = postgresResource;
        this.redisResource = redisResource;
    }

    public static Platform current() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (system.equals("linux") && (processor.equals("amd64") || processor.equals("x86_64"))) {
            return AMD64;
        }
        if (system.equals("linux") && processor.equals("aarch64")) {
            return ARM64;
        }
        throw new StoresUnavailableException(
                "Embedded stores run on Linux with an amd64 or arm64 processor, not on " + system + "/" + processor
                        + ".",
                "Start a PostgreSQL and a Redis yourself,",
                "and set LAUREL_POSTGRES_URL and LAUREL_REDIS_URL to their addresses.");
    }

    String postgresResource() {
        return postgresResource;
    }

    String redisResource() {
        return redisResource;
    }
}
