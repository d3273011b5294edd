package dev.laurel.standings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.standings.audit.HeldStanding.Verdict;
import dev.laurel.standings.load.StoredStanding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is thought of a standing in Redis beside version 5, score 30 of PostgreSQL. */
class HeldStandingTest {
    private static final StoredStanding STORED = new StoredStanding("ann", 5, -30, "8000000000ff");

    @ParameterizedTest(name = "{0} in the hash, {1} in the set: {2}")
    @CsvSource({
        "5:-30:8000000000ff, -30, EQUAL",
        // an event of another window has raised the version since
        "4:-30:8000000000ff, -30, EQUAL",
        "'', '', BEHIND",
        "4:-20:8000000000ff, -20, BEHIND",
        "4:-30:8000000000fe, -30, BEHIND",
        "6:-30:8000000000ff, -30, AHEAD",
        "6:-40:8000000000ff, -40, AHEAD",
        "10:-30:8000000000ff, -30, AHEAD",
        "5:-31:8000000000ff, -31, DAMAGED",
        "5:-30:8000000000fe, -30, DAMAGED",
        "5:-30:8000000000ff, -31, DAMAGED",
        "5:-30:8000000000ff, -30.5, DAMAGED",
        "5:-30:8000000000ff, '', DAMAGED",
        "4:-20:8000000000ff, '', DAMAGED",
        "5:-30, '', DAMAGED",
        "5:-30:8000000000ff:, -30, DAMAGED",
        "x, '', DAMAGED",
        "99999999999999999999:-30:8000000000ff, -30, DAMAGED"
    })
    void aStandingIsJudgedByVersionAndContent(String held, String sort, Verdict verdict) {
        assertThat(HeldStanding.of(held, sort).beside(STORED)).isEqualTo(verdict);
    }
}
