package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.PreventFurtherStepsException;
import org.junit.jupiter.api.Test;

class PostgresVersionTest {
    @Test
    void anOlderServerIsRefusedByItsName() {
        assertThatThrownBy(() -> PostgresVersion.refuseIfTooOld(170_009))
                .isInstanceOf(PreventFurtherStepsException.class)
                .hasMessageContaining("needs PostgreSQL 18")
                .hasMessageContaining("version 17");
    }

    @Test
    void theOldestThatHasWhatIsNeededIsTaken() {
        assertThatCode(() -> PostgresVersion.refuseIfTooOld(180_000)).doesNotThrowAnyException();
    }
}
