package dev.laurel.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.faults.RawConnection.Answer;

import java.io.IOException;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Sends on one kept connection until the service closes it, and judges how each request ended. */
final class StopWitness implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI service;
    private final Contest contest;
    private final Track track;
    private final int eventsInOne;
    private final SplittableRandom random;
    private final Record record;

    /** What all witnesses saw together. */
    static final class Record {
        final Findings findings = new Findings();
        final AtomicLong afterStop = new AtomicLong();
        final AtomicLong refusedAfterStop = new AtomicLong();
        final AtomicLong closedUnanswered = new AtomicLong();
        final AtomicLong toldToClose = new AtomicLong();

        /** When the stop was asked for, by the clock of {@link System#nanoTime()}; 0 before. */
        volatile long stopAt;

        @Override
        public String toString() {
            return "sent %d events, acknowledged %d; after the signal %d requests answered, of them %d refused;"
                            .formatted(
                                    findings.sent.get(),
                                    findings.acknowledged.get(),
                                    afterStop.get(),
                                    refusedAfterStop.get())
                    + " %d connections told to close, %d requests sent after the signal and not accepted"
                            .formatted(toldToClose.get(), closedUnanswered.get());
        }
    }

    /**
     * A witness.
     *
     * @param eventsInOne events in each request; more than one are sent as a batch
     */
    StopWitness(URI service, Contest contest, String name, int eventsInOne, Record record) {
        this.service = service;
        this.contest = contest;
        this.track = contest.track(name);
        this.eventsInOne = eventsInOne;
        this.random = FaultSettings.random(name);
        this.record = record;
    }

    @Override
    public void run() {
        try (RawConnection connection = new RawConnection(service)) {
            boolean goOn = true;
            while (goOn) {
                goOn = request(connection);
            }
        } catch (IOException refused) {
            // Not one request was sent: the service has gone before this witness came.
            record.closedUnanswered.incrementAndGet();
        } catch (RuntimeException broken) {
            record.findings.violation("a witness broke: " + broken);
        }
    }

    private boolean request(RawConnection connection) {
        int first = track.size();
        String body = eventsInOne == 1 ? event() : batch();
        record.findings.sent.addAndGet(eventsInOne);
        long sentAt = System.nanoTime();
        try {
            String path = "/api/v1/boards/" + contest.board().id() + "/scores";
            connection.post(eventsInOne == 1 ? path : path + "/batch", body);
            sentAt = System.nanoTime();
            return take(connection.answer(), first);
        } catch (IOException closed) {
            boolean before = record.stopAt == 0 || sentAt < record.stopAt;
            if (connection.begun()) {
                record.findings.violation("an answer was broken off: " + closed);
            } else if (before) {
                record.findings.violation("a request sent before the stop was not answered: " + closed);
            } else {
                record.closedUnanswered.incrementAndGet();
            }
            return false;
        }
    }

    private boolean take(Answer answer, int first) throws IOException {
        if (record.stopAt != 0) {
            record.afterStop.incrementAndGet();
        }
        if (answer.status() == 200) {
            acknowledge(JSON.readTree(answer.body()), first);
        } else if (answer.status() == 503 && record.stopAt != 0) {
            record.refusedAfterStop.incrementAndGet();
        } else {
            record.findings.violation("answered " + answer);
        }
        if (answer.last()) {
            record.toldToClose.incrementAndGet();
        }
        return !answer.last();
    }

    private void acknowledge(JsonNode answer, int first) {
        for (int i = 0; i < eventsInOne; i++) {
            JsonNode result = eventsInOne == 1 ? answer : answer.path("results").path(i);
            if (result.path("status").asText().equals("APPLIED")) {
                contest.acknowledged(track, first + i);
                record.findings.acknowledged.incrementAndGet();
            } else if (record.stopAt == 0) {
                record.findings.violation("not applied: " + result);
            }
        }
    }

    private String event() {
        int number = contest.sending(track, random.nextInt(contest.players()), 1 + random.nextInt(100), true);
        return Http.event(Contest.player(track.player(number)), track.score(number), track.id(number));
    }

    private String batch() {
        StringBuilder body = new StringBuilder("{\"scores\":[");
        for (int i = 0; i < eventsInOne; i++) {
            body.append(i == 0 ? "" : ",").append(event());
        }
        return body.append("]}").toString();
    }
}
