package dev.laurel.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.SentStatements;
import dev.laurel.web.challenges.ChallengeScene;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each list costs one statement however much there is, and definitions that are cached; and none while it is cached. */
@QuarkusTest
class ReadsComponentTest extends ChallengeScene {
    @Inject
    MeterRegistry meters;

    @Inject
    ChallengeCache cache;

    private SentStatements statements;

    @BeforeEach
    void twoHaveCleared() {
        statements = new SentStatements(meters);
        clear("ann", "a").statusCode(200);
        submit(MINI, "ann", "a", true).statusCode(200);
        clear("bob", "b").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/challenges/cleared",
                "/api/v1/challenges/players?limit=200",
                "/api/v1/players/ann/cleared",
                "/api/v1/players/ann/submissions?limit=200",
                "{challenge}/gpt-4o/submissions?content=false"
            })
    void aListTakesOneStatementOrNone(String path) {
        String address = path.replace("{challenge}", path());
        get(address).statusCode(200);

        assertThat(statements.of(() -> {
                    cache.playersChanged();
                    get(address).statusCode(200);
                }))
                .isEqualTo(1);
        assertThat(statements.of(() -> get(address).statusCode(200))).isZero();
    }

    /** The texts of a page may be megabytes: they are not kept in memory. */
    @Test
    void aListWithTextsTakesOneStatementEachTime() {
        assertThat(statements.of(() -> get(path() + "/gpt-4o/submissions").statusCode(200)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLookupTakesOneStatement(boolean items) {
        String body = "{\"playerIds\":[\"ann\",\"bob\",\"nobody\"],\"items\":" + items + "}";

        assertThat(statements.of(
                        () -> post("/api/v1/challenges/cleared/lookup", body).statusCode(200)))
                .isEqualTo(1);
    }
}
