package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.Outdated;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.StandingsWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Accepts many score events in one call, on the same path as single ones. */
@ApplicationScoped
public class BatchScores {
    /** Events in one call at the most. */
    public static final int MAX_EVENTS = 10_000;

    /** Boards that one player's event may count on at once. */
    public static final int MAX_BOARDS = 100;

    /** Events of one call that are on their way at once: a share of what the lanes hold, so that others get through. */
    private static final int IN_FLIGHT = 1_024;

    /** Calls at once; each holds its events in memory until it is answered. */
    private static final int MAX_CALLS = 16;

    private final Boards boards;
    private final Scores scores;
    private final Intake intake;
    private final Lanes lanes;
    private final StandingsWriter writer;
    private final AtomicInteger calls = new AtomicInteger();

    BatchScores(Boards boards, Scores scores, Intake intake, Lanes lanes, StandingsWriter writer) {
        this.boards = boards;
        this.scores = scores;
        this.intake = intake;
        this.lanes = lanes;
        this.writer = writer;
    }

    /**
     * Accepts events one by one; each succeeds or is refused for itself.
     *
     * @return one result for each, in order; fails as a whole only when the board does not exist or nothing can be taken
     */
    public Uni<List<ItemResult>> submit(String boardName, List<BatchItem> items) {
        return admitted(items, () -> boards.get(boardName).chain(board -> inOrder(board, items)));
    }

    /**
     * Slices follow one another, and within a slice events enter the lanes in order, so the events of a player are
     * counted in the order in which they were sent.
     */
    private Uni<List<ItemResult>> inOrder(Board board, List<BatchItem> items) {
        return Multi.createFrom()
                .iterable(items)
                .group()
                .intoLists()
                .of(IN_FLIGHT)
                .onItem()
                .transformToUniAndConcatenate(slice -> prepareAll(board, slice).chain(this::sendAll))
                .collect()
                .in(ArrayList<ItemResult>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<List<Prepared>> prepareAll(Board board, List<BatchItem> slice) {
        return Multi.createFrom()
                .iterable(slice)
                .onItem()
                .transformToUniAndConcatenate(one -> prepare(board, one))
                .collect()
                .asList();
    }

    private Uni<Prepared> prepare(Board board, BatchItem item) {
        if (item.refusal() != null) {
            return Uni.createFrom().item(new Prepared(null, null, item.refusal()));
        }
        Submission submission = item.submission();
        return Uni.createFrom()
                .deferred(() -> intake.prepare(board, submission))
                .map(write -> new Prepared(submission, write, null))
                .onFailure(LaurelException.class)
                .recoverWithItem(e -> new Prepared(submission, null, e));
    }

    private Uni<List<ItemResult>> sendAll(List<Prepared> slice) {
        return Uni.join().all(slice.stream().map(this::send).toList()).andFailFast();
    }

    private Uni<ItemResult> send(Prepared prepared) {
        if (prepared.refusal() != null) {
            return Uni.createFrom().item(ItemResult.refused(prepared.refusal()));
        }
        ScoreWrite write = prepared.write();
        return lanes.submit(write)
                .chain(written -> scores.receipt(write, written))
                .onFailure(Outdated.class)
                .recoverWithUni(() -> scores.submit(write.board().name(), prepared.submission()))
                .map(ItemResult::accepted)
                .onFailure(LaurelException.class)
                .recoverWithItem(e -> ItemResult.refused(e));
    }

    /**
     * Accepts all events or none, in one transaction.
     *
     * @return one receipt for each, in order; fails with {@link InvalidInput} naming every broken field by its index, with
     *     {@link Conflict} when one event id is taken by another event
     */
    public Uni<List<Receipt>> submitAtomically(String boardName, List<BatchItem> items) {
        return admitted(items, () -> boards.get(boardName)
                .chain(board -> prepareAll(board, items))
                .chain(prepared -> writeAtomically(prepared, "scores")));
    }

    /**
     * Accepts one player's event on several boards, all or none.
     *
     * @return one receipt for each board, in order
     */
    public Uni<List<Receipt>> submitToBoards(List<String> boardNames, Submission submission) {
        if (boardNames == null
                || boardNames.isEmpty()
                || boardNames.size() > MAX_BOARDS
                || new HashSet<>(boardNames).size() < boardNames.size()) {
            throw new InvalidInput("boards", "must name 1 to " + MAX_BOARDS + " boards, each once");
        }
        return Multi.createFrom()
                .iterable(boardNames)
                .onItem()
                .transformToUniAndConcatenate(boards::get)
                .onItem()
                .transformToUniAndConcatenate(board -> prepare(board, BatchItem.of(submission)))
                .collect()
                .asList()
                .chain(prepared -> writeAtomically(prepared, "boards"));
    }

    private Uni<List<Receipt>> writeAtomically(List<Prepared> prepared, String list) {
        requireAllValid(prepared, list);
        List<ScoreWrite> writes = prepared.stream().map(Prepared::write).toList();
        return writer.writeAll(writes)
                .onFailure(Outdated.class)
                .transform(e -> Unavailable.overloaded("A board or window is being changed"))
                .chain(written -> {
                    List<Uni<Receipt>> receipts = new ArrayList<>(writes.size());
                    for (int i = 0; i < writes.size(); i++) {
                        receipts.add(scores.receipt(writes.get(i), written.get(i)));
                    }
                    return Uni.join().all(receipts).andFailFast();
                });
    }

    private static void requireAllValid(List<Prepared> prepared, String list) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < prepared.size(); i++) {
            Prepared one = prepared.get(i);
            String at = list + "[" + i + "].";
            if (one.refusal() instanceof InvalidInput invalid) {
                invalid.errors().forEach(e -> errors.add(new FieldError(at + e.field(), e.message())));
            } else if (one.refusal() != null) {
                throw one.refusal();
            } else if (one.write().clientEventId() != null
                    && !ids.add(one.write().board().id() + "/" + one.write().clientEventId())) {
                errors.add(new FieldError(at + "eventId", "stands twice in this batch"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private <T> Uni<T> admitted(List<BatchItem> items, Supplier<Uni<T>> work) {
        if (items.isEmpty() || items.size() > MAX_EVENTS) {
            throw new InvalidInput("scores", "must hold 1 to " + MAX_EVENTS + " events");
        }
        if (calls.incrementAndGet() > MAX_CALLS) {
            calls.decrementAndGet();
            throw Unavailable.overloaded("Too many batches are being written");
        }
        return Uni.createFrom().deferred(work::get).onTermination().invoke(calls::decrementAndGet);
    }

    /** A checked event, or the reason why it is refused. */
    private record Prepared(Submission submission, ScoreWrite write, LaurelException refusal) {}
}
