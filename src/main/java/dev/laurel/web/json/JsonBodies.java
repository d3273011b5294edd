package dev.laurel.web.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cache.Computed;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.function.Function;

/**
 * Writes cached answers as JSON, each once. What is written is in no signature, from which the native program would know it:
 * resources that use this register it.
 */
@ApplicationScoped
public class JsonBodies {
    private final ObjectMapper mapper;

    JsonBodies(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public <T> byte[] of(Computed<T> found, Function<T, ?> json) {
        return found.as(value -> {
            try {
                return mapper.writeValueAsBytes(json.apply(value));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
