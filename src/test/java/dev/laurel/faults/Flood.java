package dev.laurel.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;

import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Events on a great many connections, each sending the next at once, whether or not the one before was refused. */
final class Flood implements AutoCloseable {
    private static final long DRAIN_SECONDS = 30;
    private static final int ONE_IN_WITHOUT_ID = 8;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final URI service;
    private final Contest contest;
    private final Findings findings;
    private final int connections;
    private final Track track;
    private final SplittableRandom random = FaultSettings.random("flood");
    private final CountDownLatch drained;
    private volatile boolean stopped;

    Flood(URI service, Contest contest, Findings findings, int connections) {
        this.service = service;
        this.contest = contest;
        this.findings = findings;
        this.connections = connections;
        this.track = contest.track("flood");
        this.drained = new CountDownLatch(connections);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost(service.getHost()).setDefaultPort(service.getPort()),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    void start() {
        for (int i = 0; i < connections; i++) {
            send();
        }
    }

    private void send() {
        if (stopped) {
            drained.countDown();
            return;
        }
        int number = next();
        String id = track.hasId(number) ? track.id(number) : null;
        Buffer body = Buffer.buffer(Http.event(Contest.player(track.player(number)), track.score(number), id));
        String path = service.resolve("/api/v1/boards/" + contest.board().id() + "/scores")
                .getPath();
        client.request(HttpMethod.POST, path)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(body))
                .compose(answer -> answer.body().map(text -> take(number, answer, text)))
                .onFailure(broken -> {
                    findings.unanswered.incrementAndGet();
                    findings.violation("an event was not answered: " + broken);
                })
                .onComplete(done -> send());
    }

    private synchronized int next() {
        findings.sent.incrementAndGet();
        boolean withId = random.nextInt(ONE_IN_WITHOUT_ID) > 0;
        return contest.sending(track, random.nextInt(contest.players()), 1 + random.nextInt(100), withId);
    }

    private boolean take(int number, HttpClientResponse answer, Buffer text) {
        if (answer.statusCode() == 200) {
            contest.acknowledged(track, number);
            findings.acknowledged.incrementAndGet();
        } else if (answer.statusCode() == 503 && answer.getHeader("Retry-After") != null) {
            findings.refused.incrementAndGet();
        } else {
            findings.violation("an event was answered " + answer.statusCode() + " " + text);
        }
        return true;
    }

    /** Stops sending and waits for what is under way. */
    @Override
    public void close() {
        stopped = true;
        try {
            if (!drained.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                findings.violation("events are still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        vertx.close();
    }
}
