package dev.laurel.platform.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

import java.util.Set;

/**
 * Keeps the paths of requests that no operation took out of the labels of their meters: the framework puts the path itself
 * there when it has found a resource but no method, or when the client has gone, and every board would be a label of its own.
 */
@Singleton
class RequestLabels implements MeterFilter {
    private static final String METER = "http.server.requests";
    private static final String PATH = "uri";
    private static final Tag NONE = Tag.of(PATH, "UNMATCHED");

    /**
     * Not allowed, not acceptable, too large, of an unsupported type; the framework's word for a client that has gone.
     */
    private static final Set<String> STATUSES = Set.of("405", "406", "413", "415", "RESET");

    @Override
    public Meter.Id map(Meter.Id id) {
        return METER.equals(id.getName()) && isUnmatched(id)
                ? id.replaceTags(id.getTags().stream()
                        .map(tag -> PATH.equals(tag.getKey()) ? NONE : tag)
                        .toList())
                : id;
    }

    /** What may be asked of a path is answered before any method is looked for. */
    private static boolean isUnmatched(Meter.Id id) {
        return "OPTIONS".equals(id.getTag("method")) || STATUSES.contains(String.valueOf(id.getTag("status")));
    }
}
