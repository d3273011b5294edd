package dev.laurel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OpenApiDocument;
import dev.laurel.testing.Reply;
import dev.laurel.testing.SchemaCheck;
import dev.laurel.web.HostileRequests.HostileRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sends requests that are generated from the OpenAPI document and full of hostile values. {@code
 * -Dlaurel.hostile.requests=50000} makes it the long form, {@code -Dlaurel.hostile.seed} repeats a run.
 */
@QuarkusTest
class HostileRequestsComponentTest {
    private static final int REQUESTS = Integer.getInteger("laurel.hostile.requests", 2_500);
    private static final long SEED = Long.getLong("laurel.hostile.seed", System.nanoTime());
    /** Until the status: what is streamed, such as an export, goes on after it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Until the end: exports rest between their pieces, and tests before this one may have left thousands of events. */
    private static final Duration PATIENCE_WITH_STREAMS = Duration.ofSeconds(20);

    private static final long GROWTH_BYTES = 48L << 20;
    private static final int MOST_FAULTS = 25;
    private static final int TRIES = 6;
    private static final int RENEWED_AFTER = 100;
    private static final String PROBLEM = "application/problem+json";
    /** A body that is longer than accepted, an address that is not decodable: refused before it is known what was asked. */
    private static final List<Integer> OF_THE_SERVER = List.of(400, 404, 405, 414, 431);

    @TestHTTPResource
    URI service;

    private final List<String> faults = new ArrayList<>();
    private LaurelApi api;
    private OpenApiDocument document;
    private volatile long begun;

    @Test
    void hostileRequestsAreAnsweredAsTheDocumentSays() {
        System.out.println("Hostile requests: " + REQUESTS + ", -Dlaurel.hostile.seed=" + SEED);
        api = new LaurelApi(service);
        document = OpenApiDocument.of(api);
        HostileRequests requests = new HostileRequests(document, new Random(SEED));
        long before = 0;
        for (int i = 0; i < REQUESTS && faults.size() < MOST_FAULTS; i++) {
            if (i % RENEWED_AFTER == 0) {
                renew();
            }
            if (i == REQUESTS / 5) {
                before = usedBytes();
            }
            send(requests.next(i));
        }

        assertThat(faults).as("seed " + SEED).isEmpty();
        long firstFifth = before;
        // What the last requests have begun may still be going on.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(usedBytes() - firstFifth)
                .as("bytes on the heap, grown since the first fifth")
                .isLessThan(GROWTH_BYTES));
    }

    /** Hostile requests that succeed delete and freeze things: without them everything would be 404. */
    private void renew() {
        api.delete("/api/v1/boards/hostile/freeze");
        api.put("/api/v1/boards/hostile", "{\"title\":\"Hostile\",\"metrics\":[\"power\",\"kills\"]}");
        api.put("/api/v1/groups/class/7b", "{\"title\":\"Hostile\"}");
        api.put("/api/v1/groups/class/7b/members/alice", "{}");
        api.post("/api/v1/boards/hostile/scores", "{\"playerId\":\"alice\",\"score\":3,\"metrics\":{\"kills\":1}}");
    }

    private void send(HostileRequest request) {
        Timed timed = timed(request);
        // A busy machine may pause anything some times; what hangs, hangs again.
        for (int again = 1; again < TRIES && !timed.inTime(); again++) {
            timed = timed(request);
        }
        if (!timed.inTime()) {
            fault("took %s, and %s to begin".formatted(timed.whole(), timed.begun()), request, timed.reply());
        }
        judge(request, timed.reply());
    }

    private Timed timed(HostileRequest request) {
        long start = System.nanoTime();
        Reply reply = sent(request);
        long end = System.nanoTime();
        return new Timed(
                reply,
                request.operation().id().startsWith("export"),
                Duration.ofNanos(begun - start),
                Duration.ofNanos(end - start));
    }

    private Reply sent(HostileRequest request) {
        try {
            return answer(request);
        } catch (AssertionError closed) {
            // A refused request line closes its connection, which the next request may meet before its client knows.
            return answer(request);
        }
    }

    private Reply answer(HostileRequest request) {
        return api.send(
                request.operation().method(),
                request.address(),
                request.type(),
                request.body(),
                moment -> begun = moment,
                request.headers().toArray(String[]::new));
    }

    private void judge(HostileRequest request, Reply reply) {
        int status = reply.status();
        if (status >= 500) {
            fault("the service has failed", request, reply);
        } else if (request.elsewhere()) {
            return;
        } else if (!request.operation().statuses().contains(Integer.toString(status))
                && !OF_THE_SERVER.contains(status)) {
            fault("the status is not in the document", request, reply);
        } else {
            shape(request, reply);
        }
    }

    private void shape(HostileRequest request, Reply reply) {
        String type = reply.header("Content-Type").replaceFirst(";.*", "");
        if (reply.bytes().length == 0) {
            if (reply.status() != 204 && reply.status() != 304) {
                fault("the answer is empty", request, reply);
            }
        } else if (reply.status() >= 400 && !type.equals(PROBLEM)) {
            fault("the answer is no problem document", request, reply);
        } else if (type.endsWith("json") && !type.endsWith("ndjson")) {
            JsonNode schema = document.answer(request.operation(), reply.status(), type);
            if (schema.isMissingNode()) {
                fault("the answer is not described", request, reply);
            } else {
                SchemaCheck.faults(document, schema, reply.json()).forEach(fault -> fault(fault, request, reply));
            }
        }
    }

    private void fault(String what, HostileRequest request, Reply reply) {
        faults.add(what + ": " + request + "\n  " + reply);
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** @param begun until the status arrived */
    private record Timed(Reply reply, boolean streamed, Duration begun, Duration whole) {
        boolean inTime() {
            return begun.compareTo(PATIENCE) <= 0 && whole.compareTo(streamed ? PATIENCE_WITH_STREAMS : PATIENCE) <= 0;
        }
    }
}
