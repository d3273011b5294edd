package dev.laurel.player;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** The segments that a change of attributes concerns. */
class AttributeSegmentsTest {
    @Test
    void aChangeConcernsTheOldValueAndTheNewOne() {
        Map<String, Object> before = Map.of("country", "VN", "level", 12L, "terms", true);
        Map<String, Object> after = Map.of("country", "JP", "level", 12L, "ratio", 1.0e-5);

        assertThat(AttributeSegments.changed(before, after))
                .containsExactlyInAnyOrder("country:VN", "country:JP", "terms:true", "ratio:0.000010");
    }

    @Test
    void whatStaysConcernsNoSegment() {
        Map<String, Object> attributes = Map.of("country", "VN", "level", 12L, "ratio", 0.5);

        assertThat(AttributeSegments.changed(attributes, attributes)).isEmpty();
        assertThat(AttributeSegments.changed(Map.of(), Map.of())).isEmpty();
    }
}
