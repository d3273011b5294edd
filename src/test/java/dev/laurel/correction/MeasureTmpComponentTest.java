package dev.laurel.correction;

import dev.laurel.testing.LaurelApi;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

@QuarkusTest
class MeasureTmpComponentTest {
    @TestHTTPResource
    URI service;

    @Test
    void measure() {
        LaurelApi api = new LaurelApi(service);
        String[] rules = {
            "",
            ",\"plausibility\":{\"maxScore\":100}",
            ",\"plausibility\":{\"maxScore\":100,\"maxEventsPerMinute\":100000,\"maxSumPerDay\":100000000}"
        };
        List<String> boards = new ArrayList<>();
        for (String rule : rules) {
            String board = "measure-" + UUID.randomUUID().toString().substring(0, 8);
            api.putBoard(board, "{\"title\":\"M\"" + rule + "}").expect(201);
            boards.add(board);
        }
        long[] nanos = new long[rules.length];
        for (int round = 0; round < 30; round++) {
            for (int b = 0; b < rules.length; b++) {
                StringBuilder body = new StringBuilder();
                for (int i = 0; i < 1000; i++) {
                    body.append("{\"playerId\":\"m%d\",\"score\":3,\"eventId\":\"r%d-%d\"}%n"
                            .formatted((i * 7 + round * 1000) % 5000, round, i));
                }
                long begun = System.nanoTime();
                api.postAs("/api/v1/boards/" + boards.get(b) + "/scores/batch", "application/x-ndjson", body.toString())
                        .expect(200);
                if (round >= 10) {
                    nanos[b] += System.nanoTime() - begun;
                }
            }
        }
        for (int b = 0; b < rules.length; b++) {
            System.out.println("MEASURED " + rules[b] + " " + nanos[b] / 20_000_000 + " ms per 1000 events");
        }
    }
}
