package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.platform.meters.WriteTimes;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.write.BatchRefused;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.StandingsWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Accepts many score events in one call, on the same path as single ones. */
@ApplicationScoped
public class BatchScores {
    /** Maximum number of events in one call. */
    public static final int MAX_EVENTS = 10_000;

    /** Maximum number of boards that one player's event may count on at once. */
    public static final int MAX_BOARDS = 100;

    /** Events of one call in flight at once: a fraction of the lanes' capacity, so that other calls get through. */
    private static final int IN_FLIGHT = 1_024;

    /** Concurrent calls; each holds its events in memory until the response is sent. */
    private static final int MAX_CALLS = 16;

    /** Concurrent transactions of many events: each keeps a connection to PostgreSQL for up to a second or two. */
    private static final int MAX_TRANSACTIONS = 4;

    /** Such transactions that may wait for their turn. */
    private static final int MAX_TRANSACTIONS_WAITING = MAX_CALLS;

    private final Boards boards;
    private final Scores scores;
    private final Preparation preparation;
    private final Replays replays;
    private final Lanes lanes;
    private final StandingsWriter writer;
    private final AtomicInteger calls = new AtomicInteger();
    private final Bulkhead transactions =
            new Bulkhead(MAX_TRANSACTIONS, MAX_TRANSACTIONS_WAITING, "Too many batches are being written");

    BatchScores(
            Boards boards,
            Scores scores,
            Preparation preparation,
            Replays replays,
            Lanes lanes,
            StandingsWriter writer) {
        this.boards = boards;
        this.scores = scores;
        this.preparation = preparation;
        this.replays = replays;
        this.lanes = lanes;
        this.writer = writer;
    }

    /** As below, for a board of the running request's tenant, without standings. */
    public Uni<List<ItemResult>> submit(String boardName, List<BatchItem> items) {
        return submit(BoardName.of(boardName), items, Report.OUTCOME);
    }

    /**
     * Accepts events independently; each one succeeds or is refused on its own.
     *
     * @param report what the results have of the standings
     * @return one result for each, in order; fails as a whole only when the board does not exist or nothing can be
     *     accepted
     */
    public Uni<List<ItemResult>> submit(BoardName name, List<BatchItem> items, Report report) {
        requireSize(items);
        List<BatchItem> asked = reporting(items, report);
        return admitted(() -> boards.get(name).chain(board -> inOrder(board, asked)));
    }

    /**
     * Slices are processed one after the other, and within a slice events enter the lanes in order, so a player's
     * events are counted in the order in which they were sent.
     */
    private Uni<List<ItemResult>> inOrder(Board board, List<BatchItem> items) {
        return Multi.createFrom()
                .iterable(items)
                .group()
                .intoLists()
                .of(IN_FLIGHT)
                .onItem()
                .transformToUniAndConcatenate(
                        slice -> preparation.prepare(board, slice).chain(this::sendAll))
                .collect()
                .in(ArrayList<ItemResult>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<List<ItemResult>> sendAll(List<Prepared> slice) {
        return Uni.join().all(slice.stream().map(this::send).toList()).andFailFast();
    }

    private Uni<ItemResult> send(Prepared prepared) {
        if (prepared.refusal() != null) {
            return Uni.createFrom().item(ItemResult.refused(prepared.submission(), prepared.refusal()));
        }
        return (prepared.replay() != null ? ofReplay(prepared) : written(prepared))
                .map(ItemResult::accepted)
                .onFailure(LaurelException.class)
                .recoverWithItem(e -> ItemResult.refused(prepared.submission(), e));
    }

    private Uni<Receipt> written(Prepared prepared) {
        Board board = prepared.board();
        Submission submission = prepared.submission();
        return lanes.submit(prepared.write(), () -> scores.again(board, submission, prepared.write()))
                .chain(this::ofCommitted)
                .onFailure(InvalidInput.class)
                .recoverWithUni(e -> replays.receiptOrRefusal(board, submission, e));
    }

    private Uni<Receipt> ofCommitted(Committed committed) {
        return committed.write().report().covers(Report.SCORES)
                ? scores.receipt(committed)
                : Uni.createFrom().item(scores.outcome(committed));
    }

    private Uni<Receipt> ofReplay(Prepared replay) {
        return replay.submission().report().covers(Report.SCORES)
                ? replayWithStandings(replay)
                : Uni.createFrom().item(replay.replay());
    }

    /**
     * Accepts all events or none, in one transaction.
     *
     * @param report what the receipts have of the standings
     * @return one receipt for each, in order; fails with {@link InvalidInput} naming every invalid field by its
     *     index, with {@link Conflict} when an event id is already taken by another event
     */
    public Uni<List<Receipt>> submitAtomically(BoardName name, List<BatchItem> items, Report report) {
        requireSize(items);
        List<BatchItem> asked = reporting(items, report);
        return admitted(() -> AllOrNone.accept(
                () -> boards.get(name).chain(board -> preparation.prepare(board, asked)),
                "scores",
                this::writeAtOnce,
                this::ofCommitted,
                this::ofReplay));
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
        List<BoardName> names = boardNames.stream().map(BoardName::of).toList();
        return AllOrNone.accept(
                () -> onEach(names, submission),
                "boards",
                lanes::submitTogether,
                scores::receipt,
                this::replayWithStandings);
    }

    private Uni<List<Prepared>> onEach(List<BoardName> boardNames, Submission submission) {
        return Multi.createFrom()
                .iterable(boardNames)
                .onItem()
                .transformToUniAndConcatenate(boards::get)
                .onItem()
                .transformToUniAndConcatenate(board -> preparation.prepare(board, List.of(BatchItem.of(submission))))
                .collect()
                .in(ArrayList<Prepared>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<Receipt> replayWithStandings(Prepared replay) {
        Submission submission = replay.submission();
        return replays.receipt(replay.board(), submission.playerId(), submission.storedId(), submission.report());
    }

    private Uni<List<Committed>> writeAtOnce(List<ScoreWrite> writes) {
        return Contexts.toTheEnd(transactions.run(writer.writeAll(writes, new WriteTimes())))
                .onFailure(BatchRefused.class)
                .transform(BatchRefused::reasonOf)
                .map(written -> IntStream.range(0, writes.size())
                        .mapToObj(i -> new Committed(writes.get(i), written.get(i), null))
                        .toList());
    }

    private static List<BatchItem> reporting(List<BatchItem> items, Report report) {
        return items.stream().map(item -> item.reporting(report)).toList();
    }

    private static void requireSize(List<BatchItem> items) {
        if (items.isEmpty() || items.size() > MAX_EVENTS) {
            throw new InvalidInput("scores", "must contain 1 to " + MAX_EVENTS + " events");
        }
    }

    private <T> Uni<T> admitted(Supplier<Uni<T>> work) {
        if (calls.incrementAndGet() > MAX_CALLS) {
            calls.decrementAndGet();
            throw Unavailable.overloaded("Too many batches are being written");
        }
        long started = System.nanoTime();
        return Uni.createFrom()
                .deferred(work::get)
                .invoke(() -> ServerTiming.record("write", started))
                .onTermination()
                .invoke(calls::decrementAndGet);
    }
}
