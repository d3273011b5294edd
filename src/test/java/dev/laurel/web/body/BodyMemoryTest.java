package dev.laurel.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.shared.Tenant;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

class BodyMemoryTest {
    private static final long MB = 1 << 20;

    private final BodyMemory memory = new BodyMemory(64 * MB);

    private static Caller key(int tenant, String name) {
        return new Caller(
                Caller.Kind.KEY,
                name,
                new Tenant((short) tenant),
                "tenant-" + tenant,
                Set.of(Scope.WRITE),
                BoardPatterns.ALL,
                Optional.empty());
    }

    @Test
    void oneCallerHasAQuarter() {
        assertThat(memory.take(key(1, "a"), 16 * MB)).isTrue();
        assertThat(memory.take(key(1, "a"), 1)).isFalse();
        assertThat(memory.take(key(1, "b"), 16 * MB)).isTrue();

        memory.giveBack(key(1, "a"), MB);
        assertThat(memory.take(key(1, "a"), MB)).isTrue();
    }

    @Test
    void aTenantLeavesAQuarterToOthers() {
        for (String name : new String[] {"a", "b", "c"}) {
            assertThat(memory.take(key(1, name), 16 * MB)).isTrue();
        }
        assertThat(memory.take(key(1, "d"), 1)).isFalse();
        assertThat(memory.take(key(2, "d"), 16 * MB)).isTrue();
        assertThat(memory.take(key(3, "e"), 1)).isFalse();
    }

    @Test
    void allWithoutACredentialAreOne() {
        assertThat(memory.take(Caller.ANONYMOUS, 16 * MB)).isTrue();
        assertThat(memory.take(Caller.ANONYMOUS, 1)).isFalse();
        assertThat(memory.take(key(1, "a"), 16 * MB)).isTrue();
    }

    @Test
    void anOpenServiceIsForAnyone() {
        assertThat(memory.take(Caller.OPEN, 64 * MB)).isTrue();
        assertThat(memory.take(Caller.OPEN, 1)).isFalse();
        memory.giveBack(Caller.OPEN, 64 * MB);
        assertThat(memory.taken()).isZero();
    }

    @Test
    void withLittleMemoryOneBodyOfTheLongestIsAccepted() {
        BodyMemory small = new BodyMemory(18 * MB);

        assertThat(small.take(key(1, "a"), MaxBody.ITEMS)).isTrue();
        assertThat(small.take(key(1, "a"), 1)).isFalse();
        assertThat(small.take(key(2, "b"), MaxBody.ITEMS)).isTrue();
    }
}
