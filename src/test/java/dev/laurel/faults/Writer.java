package dev.laurel.faults;

import dev.laurel.testing.Reply;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends events one after the other to random players. An event with an id that was not acknowledged is sent again some
 * time later, and now and then one that was: neither may count twice.
 */
final class Writer implements Load.Worker {
    private static final int MOST_PENDING = 1_000;
    private static final int ONE_IN_WITHOUT_ID = 8;
    private static final int ONE_IN_REPEATED = FaultSettings.figure("one-in-repeated", 16, 16);
    private static final int MAX_SCORE = 1_000;

    private final String name;
    private final Door door;
    private final List<Contest> contests;
    private final Findings findings;
    private final SplittableRandom events;
    private final SplittableRandom choices;
    private final ArrayDeque<Event> pending = new ArrayDeque<>();
    private final boolean allWithId;

    Writer(String name, List<URI> services, List<Contest> contests, Findings findings) {
        this.name = name;
        this.contests = contests;
        this.findings = findings;
        this.events = FaultSettings.random(name);
        this.choices = events.split();
        this.door = Door.ofAny(services, choices);
        this.allWithId = false;
    }

    /** A writer all of whose events have an id, so that the way may repeat them. */
    Writer(String name, Door door, List<Contest> contests, Findings findings) {
        this.name = name;
        this.contests = contests;
        this.findings = findings;
        this.events = FaultSettings.random(name);
        this.choices = events.split();
        this.door = door;
        this.allWithId = true;
    }

    @Override
    public void step() {
        if (!pending.isEmpty() && (choices.nextBoolean() || pending.size() > MOST_PENDING)) {
            send(pending.poll(), Attempt.AGAIN);
            return;
        }
        if (choices.nextInt(ONE_IN_REPEATED) == 0 && repeatOne()) {
            return;
        }
        // Three events of four go to the first board.
        Contest contest = contests.get(Math.max(0, events.nextInt(3 + contests.size()) - 3));
        Track track = contest.track(name);
        boolean withId = allWithId || events.nextInt(ONE_IN_WITHOUT_ID) > 0;
        int number = contest.sending(track, events.nextInt(contest.players()), 1 + events.nextInt(MAX_SCORE), withId);
        findings.sent.incrementAndGet();
        send(new Event(contest, track, number), Attempt.FIRST);
    }

    private boolean repeatOne() {
        Contest contest = contests.get(0);
        Track track = contest.track(name);
        if (track.size() == 0) {
            return false;
        }
        int number = choices.nextInt(track.size());
        if (!track.hasId(number) || !track.isAcknowledged(number)) {
            return false;
        }
        send(new Event(contest, track, number), Attempt.REPEATED);
        return true;
    }

    private void send(Event event, Attempt attempt) {
        try {
            take(event, attempt, door.submit(event.contest.board(), event.json()));
        } catch (IOException e) {
            findings.unanswered.incrementAndGet();
            keep(event, attempt);
        }
    }

    private void take(Event event, Attempt attempt, Reply reply) {
        if (reply.status() == 503) {
            findings.refused.incrementAndGet();
            if (!reply.header("Retry-After").matches("[1-9][0-9]*")) {
                findings.violation("a refusal without Retry-After: " + reply);
            }
            keep(event, attempt);
            return;
        }
        String status = reply.status() == 200 ? reply.json().path("status").asText() : "none";
        if (attempt == Attempt.FIRST && status.equals("DUPLICATE") && door.repeated()) {
            findings.cutOff.incrementAndGet();
        } else if (!attempt.allows(status)) {
            findings.violation(attempt + " attempt of " + event.json() + ": " + reply);
        }
        if (status.equals("DUPLICATE")) {
            findings.duplicates.incrementAndGet();
        }
        if (reply.status() == 200 && attempt != Attempt.REPEATED) {
            event.contest.acknowledged(event.track, event.number);
            findings.acknowledged.incrementAndGet();
            findings.lastAcknowledged.set(System.nanoTime());
        }
    }

    /** Not acknowledged: in or out, nobody knows. With an id it is safe to try again. */
    private void keep(Event event, Attempt attempt) {
        if (attempt != Attempt.REPEATED && event.track.hasId(event.number)) {
            pending.add(event);
        }
        Load.pause(20 + choices.nextInt(Load.PAUSE_MILLIS));
    }

    /** Which time an event is sent, and how it may be answered then. */
    private enum Attempt {
        FIRST,
        AGAIN,
        REPEATED;

        boolean allows(String status) {
            return switch (status) {
                case "APPLIED", "UNCHANGED" -> this != REPEATED;
                case "DUPLICATE" -> this != FIRST;
                default -> false;
            };
        }
    }

    private record Event(Contest contest, Track track, int number) {
        String json() {
            String id = track.hasId(number) ? track.id(number) : null;
            return Http.event(Contest.player(track.player(number)), track.score(number), id);
        }
    }
}
