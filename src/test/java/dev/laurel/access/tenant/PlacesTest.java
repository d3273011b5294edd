package dev.laurel.access.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.RateLimited;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PlacesTest {
    private static final Tenant ONE = Tenant.DEFAULT;
    private static final Tenant TWO = new Tenant((short) 2);
    private static final Tenant THREE = new Tenant((short) 3);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean several = true;
    private final Shares shares = new Shares(() -> several, 0.5, meters);
    private final Places places = new Places(SharedPlaces.UPLOADS, 5, shares, "All taken");

    @Test
    void aTenantLeavesPlacesToOthers() {
        List<Places.Place> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(places.take(ONE));
        }

        assertThatThrownBy(() -> places.take(ONE))
                .isInstanceOf(RateLimited.class)
                .hasMessageContaining("uploads");
        assertThat(refused()).isEqualTo(1);
        places.take(TWO);
        places.take(TWO);
        assertThatThrownBy(() -> places.take(THREE))
                .isInstanceOf(Unavailable.class)
                .hasMessage("All taken");
        assertThatThrownBy(() -> places.take(ONE)).isInstanceOf(Unavailable.class);
        assertThat(places.taken()).isEqualTo(5);
        held.get(0).leave();
        held.get(0).leave();
        assertThat(places.taken()).isEqualTo(4);
        places.take(ONE);
        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void theOnlyTenantMayHaveAll() {
        several = false;

        for (int i = 0; i < 5; i++) {
            places.take(ONE);
        }

        assertThatThrownBy(() -> places.take(ONE)).isInstanceOf(Unavailable.class);
        assertThat(refused()).isZero();
    }

    /** What is there for one request at a time is there for every tenant. */
    @Test
    void aShareIsAtLeastOnePlace() {
        assertThat(shares.of(1)).isEqualTo(1);
        assertThat(shares.of(2)).isEqualTo(1);
        assertThat(shares.of(3)).isEqualTo(2);
        assertThat(shares.of(100)).isEqualTo(50);
        for (double wrong : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> shares.use(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private double refused() {
        return meters.get(Meters.TENANT_SHARE_REFUSED)
                .tag("places", "uploads")
                .counter()
                .count();
    }
}
