package dev.laurel.platform.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestKindTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/boards/race/rankings/daily, READ",
        "HEAD, /api/v1/boards/race/rankings/daily, READ",
        "GET, /api/v1/players/ann, READ",
        "POST, /api/v1/boards/race/rankings/daily/lookup, READ",
        "GET, /api/redis-leaderboard/weekly, READ",
        "POST, /api/v1/boards/race/scores, SUBMISSION",
        "POST, /api/v1/scores, SUBMISSION",
        "POST, /api/v1/challenges/sums/easy/submissions, SUBMISSION",
        "POST, /api/redis-leaderboard/update, SUBMISSION",
        "POST, /api/v1/boards/race/scores/batch, OTHER",
        "PUT, /api/v1/boards/race, OTHER",
        "GET, /api/v1/boards/race/rankings/daily/export, OTHER",
        "GET, /api/v1/admin/status, OTHER",
        "GET, /api/redis-leaderboard/admin/status, OTHER",
        "GET, /api/v1/imports/7, OTHER",
        "POST, /api/v1/imports, OTHER"
    })
    void theKindFollowsFromMethodAndPath(String method, String path, RequestKind kind) {
        assertThat(RequestKind.of(HttpMethod.valueOf(method), path)).isEqualTo(kind);
    }
}
