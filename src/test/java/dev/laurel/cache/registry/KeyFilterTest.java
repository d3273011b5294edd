package dev.laurel.cache.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cache.registry.KeyFilter.Criterion;
import dev.laurel.shared.Tenant;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
    private static final CacheKey ADA =
            () -> KeyAddress.ofPlayer(Tenant.DEFAULT, "analytics", "ada", "pomodoro", "summary");
    private static final CacheKey ADAM = () -> KeyAddress.ofPlayer(Tenant.DEFAULT, "analytics", "adam", "pomodoro");
    private static final CacheKey CLASS =
            () -> KeyAddress.ofSegment(new Tenant((short) 3), "segment", "class:7b", "members");

    @Test
    void addressesGoFromTheWholeToThePart() {
        assertThat(ADA.address().text()).isEqualTo("default/analytics/ada/pomodoro/summary");
        assertThat(CLASS.address().text()).isEqualTo("3/segment/class:7b/members");
    }

    @Test
    void aPlayerIsThatPlayerAlone() {
        KeyFilter filter = new KeyFilter(null, "ada", null);

        assertThat(filter.selects(ADA)).isTrue();
        assertThat(filter.selects(ADAM)).isFalse();
        assertThat(filter.selects(CLASS)).isFalse();
        assertThat(filter.selects("ada")).isFalse();
    }

    @Test
    void allConditionsHaveToBeMet() {
        assertThat(new KeyFilter("default/analytics/ada", null, null).selects(ADAM))
                .isTrue();
        assertThat(new KeyFilter("default/analytics/ada/", null, null).selects(ADAM))
                .isFalse();
        assertThat(new KeyFilter("default/analytics/ada", "ada", null).selects(ADAM))
                .isFalse();
        assertThat(new KeyFilter("3/segment/", null, "class:7b").selects(CLASS)).isTrue();
        assertThat(new KeyFilter("3/segment/", null, "class:7").selects(CLASS)).isFalse();
        assertThat(KeyFilter.ALL.selects("anything")).isTrue();
    }

    @Test
    void aFilterSaysWhatItAsks() {
        assertThat(KeyFilter.ALL.fields()).isEmpty();
        assertThat(new KeyFilter("1", null, "class:7b").fields()).containsExactly(Criterion.PREFIX, Criterion.GROUP);
    }
}
