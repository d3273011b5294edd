package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.EventIds;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.write.EventAnswers;
import dev.laurel.standings.write.EventAnswers.Accepted;
import dev.laurel.standings.write.RankVisibility;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers events that arrive again under the same id. They get the same response as the first one, even if the event
 * could no longer be accepted because its window has been closed or the board's rules have changed.
 */
@ApplicationScoped
class Replays {
    private final EventAnswers answers;
    private final WindowRegistry windows;
    private final StandingsReader reader;
    private final RankVisibility visibility;

    Replays(EventAnswers answers, WindowRegistry windows, StandingsReader reader, RankVisibility visibility) {
        this.answers = answers;
        this.windows = windows;
        this.reader = reader;
        this.visibility = visibility;
    }

    /**
     * The receipt of an event accepted before, with its original standings. If it is to have more than the original had, it
     * has present ones: a present rank next to a past score would be wrong.
     *
     * @param eventId as it is stored
     */
    Uni<Receipt> receipt(Board board, String playerId, String eventId, Report report) {
        return answers.find(board, List.of(eventId))
                .chain(found -> standings(board, playerId, found.get(eventId), report))
                .map(standings ->
                        standings.stream().map(one -> one.reporting(report)).toList())
                .map(standings -> new Receipt(board, EventIds.shown(eventId), Outcome.DUPLICATE, standings));
    }

    private Uni<List<WindowStanding>> standings(Board board, String playerId, Accepted accepted, Report report) {
        if (accepted != null
                && accepted.standings() != null
                && accepted.report().covers(report)) {
            return Uni.createFrom().item(accepted.standings());
        }
        if (accepted == null || accepted.occurredAt() == null) {
            return Uni.createFrom().item(List.of());
        }
        // A player's own scores are reported even while the board is frozen.
        return present(board.unfrozen(), playerId, accepted.occurredAt())
                .map(own -> visibility.visible(board, own))
                .map(own -> accepted.standings() == null
                        ? own
                        : own.stream()
                                .map(one -> one.standing() == null ? recorded(accepted, one) : one)
                                .toList());
    }

    /** A player who takes no rank has no present place: the recorded score and bar are returned. */
    private static WindowStanding recorded(Accepted accepted, WindowStanding none) {
        return accepted.standings().stream()
                .filter(one -> one.ranking().period() == none.ranking().period()
                        && one.ranking().key() == none.ranking().key()
                        && one.ranking().metric() == none.ranking().metric())
                .findFirst()
                .map(WindowStanding::unranked)
                .orElse(none);
    }

    /** The present standings in the event's windows: fewer were reported when it was accepted. */
    private Uni<List<WindowStanding>> present(Board board, String playerId, Instant occurredAt) {
        int metrics = board.definition().metrics().size();
        List<Uni<WindowStanding>> reads = new ArrayList<>();
        for (Period period : Period.values()) {
            if (board.definition().periods().contains(period)) {
                for (int metric = 0; metric < metrics; metric++) {
                    int by = metric;
                    reads.add(window(board, period, occurredAt)
                            .onItem()
                            .ifNotNull()
                            .transformToUni(window -> present(window.by(by), playerId)));
                }
            }
        }
        return Uni.join().all(reads).andFailFast().map(found -> found.stream()
                .filter(Objects::nonNull)
                .toList());
    }

    /** Of a rolling period the window that is running, if the event belongs to it; null if not. */
    private Uni<WindowRef> window(Board board, Period period, Instant occurredAt) {
        return period.isRolling()
                ? windows.current(board, period).map(running -> running.window().holds(occurredAt) ? running : null)
                : windows.at(board, period, occurredAt);
    }

    private Uni<WindowStanding> present(RankingRef ranking, String playerId) {
        return reader.read(ranking, ranking.window().id(), (source, now) -> source.around(now, playerId, 0))
                .map(Replays::standing);
    }

    private static WindowStanding standing(Reading<Place> reading) {
        Place place = reading.value();
        RankingRef ranking = reading.ranking();
        if (!place.ranked()) {
            return new WindowStanding(ranking, null, false, null, null, null);
        }
        Ranked own = Ranks.own(ranking.board().definition().rankMode(), place);
        return new WindowStanding(
                ranking, own.standing(), false, own.rank(), null, place.around().total());
    }

    /**
     * The response to an event that breaks a rule.
     *
     * @return fails with the refusal, unless the event was accepted at a time when the rule did not forbid it; with
     *     {@link Conflict} when a different one was
     */
    Uni<Receipt> receiptOrRefusal(Board board, Submission submission, InvalidInput refusal) {
        if (submission.eventId() == null) {
            return Uni.createFrom().failure(refusal);
        }
        return find(board, List.of(submission)).chain(found -> {
            Accepted accepted = found.get(submission.storedId());
            if (accepted == null) {
                return Uni.createFrom().failure(refusal);
            }
            return isSame(board, submission, accepted)
                    ? receipt(board, submission.playerId(), submission.storedId(), submission.report())
                    : Uni.createFrom().failure(taken(submission.eventId()));
        });
    }

    /** Finds the accepted ones among the given submissions, by their ids as they are stored. */
    Uni<Map<String, Accepted>> find(Board board, Collection<Submission> submissions) {
        List<String> ids = submissions.stream()
                .filter(one -> one.eventId() != null && Ids.isValid(one.eventId()))
                .map(Submission::storedId)
                .toList();
        return ids.isEmpty() ? Uni.createFrom().item(Map.of()) : answers.find(board, ids);
    }

    /** Whether a submission has the same content as the event accepted under its id. */
    static boolean isSame(Board board, Submission submission, Accepted accepted) {
        return SubmissionRules.contentHash(board.definition(), submission)
                .filter(hash -> hash == accepted.contentHash())
                .isPresent();
    }

    /** @param eventId as the client has sent it, or as it is stored */
    static Conflict taken(String eventId) {
        return new Conflict("Event " + EventIds.shown(eventId) + " has been accepted before with other content");
    }
}
