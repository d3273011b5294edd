package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.write.EventAnswers.Accepted;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Validates a batch of events before any is written, and recognizes refused events that were accepted before. */
@ApplicationScoped
class Preparation {
    private final Intake intake;
    private final Replays replays;
    private final NewPlayers newPlayers;

    Preparation(Intake intake, Replays replays, NewPlayers newPlayers) {
        this.intake = intake;
        this.replays = replays;
        this.newPlayers = newPlayers;
    }

    /** Validates the events of a board, one after the other. */
    Uni<List<Prepared>> prepare(Board board, List<BatchItem> items) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(item -> prepare(board, item))
                .collect()
                .asList()
                .chain(prepared -> newPlayers.areWelcome(board)
                        ? Uni.createFrom().item(prepared)
                        : newPlayers.refused(board, prepared))
                .chain(prepared -> withReplays(board, prepared));
    }

    private Uni<Prepared> prepare(Board board, BatchItem item) {
        Submission submission = item.submission();
        if (item.refusal() != null) {
            return Uni.createFrom().item(Prepared.refused(board, submission, item.refusal()));
        }
        return Uni.createFrom()
                .deferred(() -> intake.prepare(board, submission))
                .map(write -> Prepared.checked(write, submission))
                .onFailure(LaurelException.class)
                .recoverWithItem(e -> Prepared.refused(board, submission, e));
    }

    private Uni<List<Prepared>> withReplays(Board board, List<Prepared> prepared) {
        List<Submission> refused = prepared.stream()
                .filter(Preparation::mayBeReplay)
                .map(Prepared::submission)
                .toList();
        if (refused.isEmpty()) {
            return Uni.createFrom().item(prepared);
        }
        return replays.find(board, refused).map(found -> prepared.stream()
                .map(one -> mayBeReplay(one) ? orReplay(one, found) : one)
                .toList());
    }

    private static boolean mayBeReplay(Prepared one) {
        return one.refusal() instanceof InvalidInput
                && one.submission() != null
                && one.submission().eventId() != null;
    }

    private static Prepared orReplay(Prepared one, Map<String, Accepted> found) {
        Submission submission = one.submission();
        Accepted accepted = found.get(submission.storedId());
        if (accepted == null) {
            return one;
        }
        return Replays.isSame(one.board(), submission, accepted)
                ? Prepared.replayed(one.board(), submission)
                : Prepared.refused(one.board(), submission, Replays.taken(submission.eventId()));
    }

    /**
     * Requires that all events can be accepted together.
     *
     * @param list the client's name for them
     * @throws InvalidInput naming every invalid field by its index
     * @throws LaurelException any other reason to refuse one of them
     */
    static void requireAllValid(List<Prepared> prepared, String list) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < prepared.size(); i++) {
            Prepared one = prepared.get(i);
            String at = list + "[" + i + "].";
            if (one.refusal() instanceof InvalidInput invalid) {
                invalid.errors().forEach(e -> errors.add(new FieldError(at + e.field(), e.message())));
            } else if (one.refusal() != null) {
                throw one.refusal();
            } else if (one.submission().eventId() != null
                    && !ids.add(one.board().id() + "/" + one.submission().storedId())) {
                errors.add(new FieldError(at + "eventId", "appears twice in this batch"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }
}
