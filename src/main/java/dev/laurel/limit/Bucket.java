package dev.laurel.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The permits that this process holds of one client's limit. It asks for several at once; requests that come while it has none
 * wait for the answer. While there is none it decides by its share, from what it knew last. Called by several event loops,
 * each for a moment.
 */
final class Bucket {
    /** Requests that may wait for permits; more are decided by the share. */
    private static final int MAX_WAITING = 4_096;

    /** How long after a failure the next attempt is made; requests do not wait for it. */
    private static final long RETRY_MICROS = 1_000_000;

    private final Gcra rule;
    private final int batch;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** Negative after a request that took more than there were: what comes next pays for it. */
    private long permits;
    /** When all permits are back, as known here. */
    private long whole;
    /** Whether {@link #whole} is later than all others know. */
    private boolean ahead;

    private boolean asking;
    private boolean alone;
    /** Until when no permits are to be had, so that it is no use to ask. */
    private long spentUntil;

    private long askAfter;

    Bucket(Gcra rule, int batch) {
        this.rule = rule;
        this.batch = batch;
    }

    /**
     * Decides about a request. It may take more permits than there are, if there is one: a batch larger than the limit would
     * never be allowed otherwise.
     *
     * @return null when it has to wait, which {@code later} ends
     */
    synchronized Verdict take(long now, int processes, int wanted, Consumer<Verdict> later) {
        if (permits > 0) {
            permits -= wanted;
            return allowed(now);
        }
        if (now < spentUntil) {
            return new Verdict(false, 0, Math.max(0, whole - now), spentUntil - now);
        }
        if (alone || waiting.size() >= MAX_WAITING) {
            return byShare(now, processes, wanted);
        }
        waiting.add(new Waiting(wanted, later));
        return null;
    }

    /** What to ask for now; null for nothing. The caller must report the outcome. */
    synchronized Question question(long now) {
        boolean low = permits <= batch / 2 && (batch > 1 || !waiting.isEmpty() || alone);
        if (asking || !low || now < spentUntil || now < askAfter) {
            return null;
        }
        asking = true;
        long wanted = Math.max(batch, waiting.size()) + owed();
        return new Question(rule, Math.min(rule.limit(), wanted), ahead ? whole : 0);
    }

    /** Reports that permits were granted; the caller carries out what is returned. */
    synchronized List<Runnable> granted(long now, Question question, long granted, long wholeThen) {
        asking = false;
        alone = false;
        ahead = false;
        whole = wholeThen;
        permits += granted;
        if (granted < question.wanted()) {
            // Half a batch, so that a client at its limit does not have each permit asked for by itself.
            long next = Math.min(rule.limit(), Math.max(1, batch / 2) + owed());
            spentUntil = now + Math.max(1, rule.wait(whole, now, next));
        }
        List<Runnable> ended = new ArrayList<>();
        while (!waiting.isEmpty() && (permits > 0 || now < spentUntil)) {
            Waiting first = waiting.poll();
            Verdict verdict = take(now, 1, first.wanted, first.later);
            ended.add(() -> first.later.accept(verdict));
        }
        return ended;
    }

    /** Reports that there was no answer. */
    synchronized List<Runnable> failed(long now, int processes) {
        asking = false;
        alone = true;
        askAfter = now + RETRY_MICROS;
        List<Runnable> ended = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Waiting first = waiting.poll();
            Verdict verdict = byShare(now, processes, first.wanted);
            ended.add(() -> first.later.accept(verdict));
        }
        return ended;
    }

    private long owed() {
        return Math.max(0, -permits);
    }

    private Verdict byShare(long now, int processes, int wanted) {
        Gcra share = rule.share(processes);
        if (share.free(whole, now) == 0) {
            return new Verdict(false, 0, Math.max(0, whole - now), Math.max(1, share.wait(whole, now, 1)));
        }
        whole = share.after(whole, now, wanted);
        ahead = true;
        return allowed(now);
    }

    private Verdict allowed(long now) {
        long left = Math.max(0, permits + (now < spentUntil ? 0 : rule.free(whole, now)));
        return new Verdict(true, left, Math.max(0, whole - now), 0);
    }

    private record Waiting(int wanted, Consumer<Verdict> later) {}

    /**
     * A number of permits to ask for.
     *
     * @param atLeast a moment before which they are not all back; 0 for none
     */
    record Question(Gcra rule, long wanted, long atLeast) {}
}
