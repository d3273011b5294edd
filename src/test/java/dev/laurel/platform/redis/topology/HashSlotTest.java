package dev.laurel.platform.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slots as {@code CLUSTER KEYSLOT} of Redis tells them. */
class HashSlotTest {
    @ParameterizedTest
    @CsvSource({
        "123456789, 12739",
        "foo, 12182",
        "laurel:{foo}:daily:7:set, 12182",
        "laurel:{foo}:{bar}, 12182",
        "laurel:{}:foo, 4734",
        "laurel:{foo, 15731"
    })
    void aPartInBracesDecidesAlone(String key, int slot) {
        assertThat(HashSlot.of(key)).isEqualTo(slot);
    }
}
