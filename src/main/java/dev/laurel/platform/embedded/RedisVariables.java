package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.Settings;
import dev.laurel.platform.embedded.program.StoresUnavailableException;
import org.jboss.logging.Logger;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables that applications commonly use for their Redis: {@code REDIS_URL}, or {@code REDIS_HOST}
 * with {@code REDIS_PORT}, {@code REDIS_PASSWORD} and {@code REDIS_DB}.
 */
final class RedisVariables {
    private static final Logger LOG = Logger.getLogger(RedisVariables.class);
    private static final String DEFAULT_PORT = "6379";

    /** A number, or the value that Kubernetes and Docker set for a service named "redis". */
    private static final Pattern PORT = Pattern.compile("(?:tcp://.*:)?(\\d{1,5})");

    private static final Pattern DATABASE = Pattern.compile("\\d{1,4}");

    private RedisVariables() {}

    /**
     * The address they give; empty without {@code REDIS_URL} and {@code REDIS_HOST}.
     *
     * @throws StoresUnavailableException if one of them cannot be parsed
     */
    static Optional<String> url(Settings settings) {
        Optional<String> whole = settings.variable("REDIS_URL");
        Optional<String> url = whole.or(() -> settings.variable("REDIS_HOST").map(host -> assemble(host, settings)));
        url.ifPresent(found -> LOG.infof(
                "Using the Redis named by %s; LAUREL_REDIS_URL takes precedence",
                whole.isPresent() ? "REDIS_URL" : "REDIS_HOST"));
        return url;
    }

    private static String assemble(String host, Settings settings) {
        String port = settings.variable("REDIS_PORT")
                .map(text -> read("REDIS_PORT", PORT, text, "a port, such as 6379"))
                .orElse(DEFAULT_PORT);
        String database = settings.variable("REDIS_DB")
                .map(text -> "/" + read("REDIS_DB", DATABASE, text, "the number of a database, such as 0"))
                .orElse("");
        String credentials = settings.variable("REDIS_PASSWORD")
                .map(password -> ":" + encoded(password) + "@")
                .orElse("");
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "redis://" + credentials + literal + ":" + port + database;
    }

    private static String read(String name, Pattern form, String text, String expected) {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            throw new StoresUnavailableException(
                    name + " is not " + expected + ".", "Correct it, or set LAUREL_REDIS_URL, which is used instead.");
        }
        return matcher.group(matcher.groupCount());
    }

    /** Encodes for the user part of a URL, where a plus is a plus. */
    private static String encoded(String password) {
        return URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
