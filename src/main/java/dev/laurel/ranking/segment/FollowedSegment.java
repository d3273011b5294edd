package dev.laurel.ranking.segment;

import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.rank.FollowedSource;
import dev.laurel.standings.rank.FollowedSource.Changes;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The ranking of a large segment of one window, kept in memory. Each read asks for the changes of the window since the last
 * one, so it returns what the window's source has at that moment. One read is at work at a time; those that arrive meanwhile
 * share the next.
 */
final class FollowedSegment {
    private static final String TOO_FAST = "The window changes faster than its segment can be read";

    /** As many moves are made one by one in a segment of any size. */
    private static final int FEW = 100;

    private final Function<Uni<List<Standing>>, Uni<List<Standing>>> bounded;

    /** Only changed by the turn at work. */
    private volatile State state;

    /** The last turn. Guarded by this object. */
    private Turn last;

    /** @param bounded runs the loading of a whole segment when there is room for it */
    FollowedSegment(Function<Uni<List<Standing>>, Uni<List<Standing>>> bounded) {
        this.bounded = bounded;
    }

    /** The ranking at a moment after the call. */
    Uni<SegmentRanking> read(FollowedSource source, RankingRef ranking, Segment segment) {
        Turn turn;
        CompletableFuture<?> before;
        synchronized (this) {
            if (last != null && !last.begun && last.members == segment.version()) {
                return Contexts.await(last.result);
            }
            before = last == null ? CompletableFuture.completedFuture(null) : last.result;
            turn = new Turn(segment.version());
            last = turn;
        }
        before.whenComplete((ignored, failure) -> begin(turn, source, ranking, segment));
        return Contexts.await(turn.result);
    }

    private void begin(Turn turn, FollowedSource source, RankingRef ranking, Segment segment) {
        synchronized (this) {
            turn.begun = true;
        }
        Uni.createFrom()
                .deferred(() -> refreshed(source, ranking, segment))
                .invoke(now -> state = now)
                // Whatever the turn has not come to the end of, is read again.
                .onFailure()
                .invoke(() -> state = null)
                .map(State::ranking)
                .subscribe()
                .with(turn.result::complete, turn.result::completeExceptionally);
    }

    private Uni<State> refreshed(FollowedSource source, RankingRef ranking, Segment segment) {
        State known = state;
        if (known == null) {
            return loaded(source, ranking, segment);
        }
        return joined(known, source, ranking, segment)
                .chain(now -> now == null ? Uni.createFrom().<State>nullItem() : caughtUp(now, source, ranking))
                .chain(now -> now == null
                        ? loaded(source, ranking, segment)
                        : Uni.createFrom().item(now));
    }

    /** Reads everything: first the place in the log, so that what changes during the rest is found there. */
    private Uni<State> loaded(FollowedSource source, RankingRef ranking, Segment segment) {
        return source.changes(ranking, null)
                .chain(begun -> bounded.apply(source.standings(ranking, segment.playerIds()))
                        .chain(standings -> OffLoop.ifLarge(
                                standings.size(),
                                () -> new SegmentRanking(
                                        source.source(), ranking.board().definition(), standings)))
                        .map(sorted -> new State(segment, begun.upTo(), sorted)))
                .chain(now -> caughtUp(now, source, ranking))
                .onItem()
                .ifNull()
                .failWith(() -> Unavailable.overloaded(TOO_FAST));
    }

    /**
     * Takes out those who have left the segment, and reads the standings of those who have joined it; null when so many have
     * that everything had better be read.
     */
    private Uni<State> joined(State known, FollowedSource source, RankingRef ranking, Segment segment) {
        if (known.segment.version() == segment.version()) {
            return Uni.createFrom().item(known);
        }
        return OffLoop.ifLarge(segment.playerIds().size(), () -> Moves.between(known.segment, segment))
                .chain(moves -> moves.areMany(segment)
                        ? Uni.createFrom().<State>nullItem()
                        : moved(known, moves, source.standings(ranking, moves.joined))
                                .map(sorted -> new State(segment, known.upTo, sorted)));
    }

    /** @param standings of those who have joined */
    private Uni<SegmentRanking> moved(State known, Moves moves, Uni<List<Standing>> standings) {
        return (moves.joined.isEmpty() ? Uni.createFrom().item(List.<Standing>of()) : bounded.apply(standings))
                .chain(joined -> OffLoop.ifLarge(known.ranking.size(), () -> known.ranking.with(moves.all(), joined)));
    }

    /** Applies the changes until there are none left; null when they are lost. */
    private static Uni<State> caughtUp(State now, FollowedSource source, RankingRef ranking) {
        return source.changes(ranking, now.upTo).chain(changes -> {
            if (changes == Changes.LOST) {
                return Uni.createFrom().nullItem();
            }
            State next = now.with(changes);
            return changes.more()
                    ? caughtUp(next, source, ranking)
                    : Uni.createFrom().item(next);
        });
    }

    /** A read that has been asked for. */
    private static final class Turn {
        final long members;
        final CompletableFuture<SegmentRanking> result = new CompletableFuture<>();
        boolean begun;

        Turn(long members) {
            this.members = members;
        }
    }

    /** @param upTo the last change of the window that the ranking has */
    private record State(Segment segment, String upTo, SegmentRanking ranking) {
        State with(Changes changes) {
            List<String> changed =
                    changes.playerIds().stream().filter(this::has).toList();
            return new State(
                    segment,
                    changes.upTo(),
                    changed.isEmpty()
                            ? ranking
                            : ranking.with(
                                    changed,
                                    changes.standings().stream()
                                            .filter(one -> has(one.playerId()))
                                            .toList()));
        }

        /** The members are sorted. */
        private boolean has(String playerId) {
            return Collections.binarySearch(segment.playerIds(), playerId) >= 0;
        }
    }

    /** Who has left a segment and who has joined it. */
    private record Moves(List<String> left, List<String> joined) {
        static Moves between(Segment before, Segment now) {
            return new Moves(
                    without(before.playerIds(), Set.copyOf(now.playerIds())),
                    without(now.playerIds(), Set.copyOf(before.playerIds())));
        }

        private static List<String> without(List<String> players, Set<String> others) {
            return players.stream().filter(player -> !others.contains(player)).toList();
        }

        /** Whether reading everything costs little more: a tenth of the segment have moved, and not just a few. */
        boolean areMany(Segment segment) {
            int moved = left.size() + joined.size();
            return moved > FEW && moved > segment.playerIds().size() / 10;
        }

        List<String> all() {
            List<String> all = new ArrayList<>(left);
            all.addAll(joined);
            return all;
        }
    }
}
