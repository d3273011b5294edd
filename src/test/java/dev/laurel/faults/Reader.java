package dev.laurel.faults;

import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Reads ranks and pages one after the other and judges every answer, where there are very many some only lightly. */
final class Reader {
    /** Of the many reads of a paced reader: to judge a rank is to look at all players, which takes longer than to answer. */
    private static final int ONE_IN_FULLY_JUDGED = 50;

    private static final int[] LIMITS = {10, 100, 1_000};

    private final Door door;
    private final List<Contest> contests;
    private final Findings findings;
    private final SplittableRandom choices;

    Reader(String name, List<URI> services, List<Contest> contests, Findings findings) {
        this.contests = contests;
        this.findings = findings;
        this.choices = FaultSettings.random(name);
        this.door = Door.ofAny(services, choices);
    }

    Reader(String name, Door door, List<Contest> contests, Findings findings) {
        this.contests = contests;
        this.findings = findings;
        this.choices = FaultSettings.random(name);
        this.door = door;
    }

    /** Reads a player or a page. */
    void step() {
        if (choices.nextInt(3) > 0) {
            stepPlayer();
        } else {
            timed(this::readPage);
        }
    }

    void stepPlayer() {
        timed(this::readPlayer);
    }

    /** As {@link #step}, where there are so many that most are judged by the scores and their order only. */
    void stepLightly() {
        if (choices.nextInt(ONE_IN_FULLY_JUDGED) == 0) {
            step();
        } else if (choices.nextInt(3) > 0) {
            timed(this::readScore);
        } else {
            timed(this::readTop);
        }
    }

    /** Reads a page that a process may answer from what it keeps: it may lack what another one has just acknowledged. */
    void stepKeptPage() {
        timed((contest, period) -> answered(read(contest, period, "?limit=" + LIMITS[choices.nextInt(LIMITS.length)])));
    }

    private void timed(Read read) {
        Contest contest = contests.get(choices.nextInt(contests.size()));
        Period period = Period.calendar().get(choices.nextInt(Period.calendar().size()));
        long began = System.nanoTime();
        try {
            read.of(contest, period);
        } catch (IOException e) {
            findings.readsUnanswered.incrementAndGet();
            findings.firstReadUnanswered.compareAndSet(null, contest.board().id() + " " + period + ": " + e);
            Load.pause(20 + choices.nextInt(Load.PAUSE_MILLIS));
        }
        findings.slowestRead.accumulate(System.nanoTime() - began);
    }

    @FunctionalInterface
    private interface Read {
        void of(Contest contest, Period period) throws IOException;
    }

    private void readPlayer(Contest contest, Period period) throws IOException {
        int player = choices.nextInt(contest.players());
        long[] least = contest.bounds().least();
        if (least[player] == 0) {
            // Nobody knows whether there is such a player; while PostgreSQL is away nobody can say.
            return;
        }
        Reply reply = read(contest, period, "/players/" + Contest.player(player));
        if (answered(reply)) {
            judge(
                    reply,
                    ReadCheck.player(
                            reply.json(), player, least, contest.bounds().most()));
        }
    }

    private void readScore(Contest contest, Period period) throws IOException {
        int player = choices.nextInt(contest.players());
        long least = contest.bounds().least(player);
        if (least == 0) {
            return;
        }
        Reply reply = read(contest, period, "/players/" + Contest.player(player));
        if (answered(reply)) {
            judge(
                    reply,
                    ReadCheck.score(
                            reply.json(), player, least, contest.bounds().most(player)));
        }
    }

    private void readTop(Contest contest, Period period) throws IOException {
        Reply reply = read(contest, period, "?limit=" + LIMITS[0]);
        if (answered(reply)) {
            judge(reply, ReadCheck.top(reply.json(), LIMITS[0], contest.bounds()::most));
        }
    }

    private void readPage(Contest contest, Period period) throws IOException {
        int limit = LIMITS[choices.nextInt(LIMITS.length)];
        int offset = choices.nextBoolean() ? 0 : choices.nextInt(contest.players());
        long[] least = contest.bounds().least();
        Reply reply = read(contest, period, "?limit=" + limit + "&offset=" + offset);
        if (answered(reply)) {
            judge(
                    reply,
                    ReadCheck.page(
                            reply.json(), offset, limit, least, contest.bounds().most()));
        }
    }

    private Reply read(Contest contest, Period period, String rest) throws IOException {
        return door.ranking(contest.board(), period, rest);
    }

    private boolean answered(Reply reply) {
        findings.reads.incrementAndGet();
        if (reply.status() >= 500) {
            findings.readsRefused.incrementAndGet();
            findings.firstReadRefused.compareAndSet(null, reply.toString());
        }
        if (reply.status() >= 500 && reply.status() != 503 || reply.status() < 500 && reply.status() != 200) {
            findings.violation("a read that must be answered: " + reply);
        }
        return reply.status() == 200;
    }

    private void judge(Reply reply, Optional<String> complaint) {
        complaint.ifPresent(what -> findings.violation(what + ": " + reply));
    }
}
