package dev.laurel.platform.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class ClusterDirectoryTest {
    private static final RedisNode ASKED = new RedisNode("10.0.0.1", 7000);
    private static final Response INFO =
            SimpleStringType.create("cluster_state:ok\r\ncluster_current_epoch:7\r\ncluster_my_epoch:3\r\n");

    private final ClusterDirectory directory = new ClusterDirectory();

    @Test
    void everySlotHasTheMasterThatIsToldForIt() {
        Masters masters = directory.read(
                ASKED, List.of(INFO, all(range(0, 8_191, "10.0.0.2", 7001), range(8_192, 16_383, "10.0.0.3", 7002))));

        assertThat(masters.epoch()).isEqualTo(7);
        assertThat(masters.nodes()).containsExactly(new RedisNode("10.0.0.2", 7001), new RedisNode("10.0.0.3", 7002));
        // "foo" has slot 12,182, "bar" has 5,061.
        assertThat(masters.of("laurel:{foo}:daily")).isEqualTo(new RedisNode("10.0.0.3", 7002));
        assertThat(masters.of("laurel:{bar}:daily")).isEqualTo(new RedisNode("10.0.0.2", 7001));
    }

    @Test
    void aSlotThatNobodyHasHasNoMaster() {
        Masters masters = directory.read(ASKED, List.of(INFO, all(range(0, 8_191, "10.0.0.2", 7001))));

        assertThat(masters.of("{foo}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?"})
    void aMasterWithoutAnAddressIsWhereTheOneIsThatWasAsked(String host) {
        Masters masters = directory.read(ASKED, List.of(INFO, all(range(0, 16_383, host, 7001))));

        assertThat(masters.nodes()).containsExactly(new RedisNode("10.0.0.1", 7001));
    }

    @Test
    void anAddressOfTheSixthVersionCanBeReached() {
        Masters masters = directory.read(ASKED, List.of(INFO, all(range(0, 16_383, "::1", 7001))));

        assertThat(masters.of("{foo}").authority()).isEqualTo("[::1]:7001");
    }

    @Test
    void whoKnowsOfNoSlotsTellsNothing() {
        assertThatIllegalStateException().isThrownBy(() -> directory.read(ASKED, List.of(INFO, all())));
    }

    private static Response range(int from, int to, String host, int port) {
        return all(
                NumberType.create(from),
                NumberType.create(to),
                all(SimpleStringType.create(host), NumberType.create(port), SimpleStringType.create("an id")));
    }

    private static Response all(Response... parts) {
        MultiType all = MultiType.create(parts.length, false);
        for (Response part : parts) {
            all.add(part);
        }
        return all;
    }
}
