package dev.laurel.web.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cache.Computed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.function.Function;

/** Writes cached answers as JSON, each once. */
// What is written here is in no signature, from which the native program would know it.
@RegisterForReflection(
        targets = {
            SummaryJson.class,
            TrendJson.class,
            MasteryJson.class,
            ComparisonJson.class,
            OutcomesJson.class,
            BoardAnalyticsResource.PlayersJson.class,
            BoardAnalyticsResource.ActiveJson.class,
            BoardAnalyticsResource.CohortJson.class,
            HistogramResource.HistogramJson.class,
            HistogramResource.BucketJson.class
        },
        ignoreNested = false)
@ApplicationScoped
class JsonBodies {
    private final ObjectMapper mapper;

    JsonBodies(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    <T> byte[] of(Computed<T> found, Function<T, ?> json) {
        return found.as(value -> {
            try {
                return mapper.writeValueAsBytes(json.apply(value));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
