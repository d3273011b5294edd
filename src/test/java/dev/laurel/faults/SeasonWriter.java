package dev.laurel.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Reply;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends events to a board with seasons: some say nothing of when they occurred, some say now, which is late already when
 * it arrives, and some lie ahead, so that seasons get events before they begin. An event that was not acknowledged is
 * sent again some time later, maybe to another process and when its season is over, and now and then one that was.
 */
final class SeasonWriter implements Load.Worker {
    private static final int MOST_PENDING = 200;
    private static final int ONE_IN_AGAIN = 4;
    private static final int ONE_IN_REPEATED = 32;
    private static final int ONE_IN_NOW = 16;
    private static final int MAX_SCORE = 20;

    private final String name;
    private final List<URI> services;
    private final SeasonTrial trial;
    private final Findings findings;
    private final int furthestMillis;
    private final SplittableRandom random;
    private final ArrayDeque<SeasonEvent> pending = new ArrayDeque<>();
    private final List<SeasonEvent> sent = new ArrayList<>();

    /**
     * A writer.
     *
     * @param furthestMillis how far ahead an event may lie
     */
    SeasonWriter(String name, List<URI> services, SeasonTrial trial, Findings findings, int furthestMillis) {
        this.name = name;
        this.services = services;
        this.trial = trial;
        this.findings = findings;
        this.furthestMillis = furthestMillis;
        this.random = FaultSettings.random(name);
    }

    @Override
    public void step() {
        if (!pending.isEmpty() && (random.nextInt(ONE_IN_AGAIN) == 0 || pending.size() > MOST_PENDING)) {
            send(pending.poll());
        } else if (!sent.isEmpty() && random.nextInt(ONE_IN_REPEATED) == 0) {
            SeasonEvent before = sent.get(random.nextInt(sent.size()));
            if (before.acknowledged) {
                send(before);
            }
        } else {
            send(fresh());
        }
    }

    private SeasonEvent fresh() {
        String id = name + "-" + sent.size();
        SeasonEvent event =
                new SeasonEvent(id, random.nextInt(SeasonTrial.PLAYERS), 1 + random.nextInt(MAX_SCORE), instant());
        sent.add(event);
        trial.sending(event);
        findings.sent.incrementAndGet();
        return event;
    }

    private Long instant() {
        if (random.nextInt(ONE_IN_NOW) == 0) {
            return System.currentTimeMillis();
        }
        return random.nextBoolean() ? null : System.currentTimeMillis() + 1 + random.nextInt(furthestMillis);
    }

    private void send(SeasonEvent event) {
        try {
            URI service = services.get(random.nextInt(services.size()));
            long sentAt = System.currentTimeMillis();
            take(event, sentAt, Http.submit(service, trial.board(), json(event)));
        } catch (IOException e) {
            findings.unanswered.incrementAndGet();
            keep(event);
        }
    }

    private static String json(SeasonEvent event) {
        String at =
                event.occurredAt == null ? "" : ",\"occurredAt\":\"" + Instant.ofEpochMilli(event.occurredAt) + "\"";
        String plain = Http.event(Contest.player(event.player), event.score, event.id);
        return plain.substring(0, plain.length() - 1) + at + "}";
    }

    private void take(SeasonEvent event, long sentAt, Reply reply) {
        if (reply.status() == 200) {
            acknowledge(event, reply);
        } else if (reply.status() == 503 && reply.header("Retry-After").matches("[1-9][0-9]*")) {
            findings.refused.incrementAndGet();
            keep(event);
        } else if (reply.status() == 422 && !event.acknowledged && mayCountNowhere(event, sentAt)) {
            // Too old by now, or its season is closed, or there is none. It is not sent again.
            findings.late.incrementAndGet();
        } else {
            findings.violation(event + ": " + reply);
        }
    }

    /** The service gives a time to an event without one, somewhere between request and answer. */
    private boolean mayCountNowhere(SeasonEvent event, long sentAt) {
        return event.occurredAt != null
                || trial.windowAt(sentAt).isEmpty()
                || trial.windowAt(System.currentTimeMillis()).isEmpty();
    }

    private void acknowledge(SeasonEvent event, Reply reply) {
        JsonNode receipt = reply.json();
        String status = receipt.path("status").asText();
        String window = receipt.path("standings").path("SEASON").path("window").asText();
        boolean right =
                switch (status) {
                    case "APPLIED", "UNCHANGED" -> !event.acknowledged;
                    case "DUPLICATE" ->
                        event.acknowledged && window.equals(event.window) || !event.acknowledged && event.unsure;
                    default -> false;
                };
        if (!right) {
            findings.violation(event + ": " + reply);
        }
        if (status.equals("DUPLICATE")) {
            findings.duplicates.incrementAndGet();
        }
        if (!event.acknowledged) {
            event.window = window;
            event.acknowledged = true;
            findings.acknowledged.incrementAndGet();
        }
    }

    /** Not acknowledged: in or out, nobody knows. */
    private void keep(SeasonEvent event) {
        if (!event.acknowledged) {
            event.unsure = true;
            pending.add(event);
        }
        Load.pause(20 + random.nextInt(Load.PAUSE_MILLIS));
    }
}
