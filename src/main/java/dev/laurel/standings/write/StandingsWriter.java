package dev.laurel.standings.write;

import dev.laurel.platform.meters.WriteTimes;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.window.Outdated;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.stream.IntStream;

/** Writes score events: first to PostgreSQL, in one transaction, then to Redis. */
@ApplicationScoped
public class StandingsWriter {
    private final FreezeSnapshots snapshots;
    private final BatchCommit postgres;
    private final RollingStandings rolling;
    private final RedisStandings redis;
    private final RankVisibility visibility;
    private final EventAnswers answers;
    private final ReplayRepair replays;

    StandingsWriter(
            FreezeSnapshots snapshots,
            BatchCommit postgres,
            RollingStandings rolling,
            RedisStandings redis,
            RankVisibility visibility,
            EventAnswers answers,
            ReplayRepair replays) {
        this.snapshots = snapshots;
        this.postgres = postgres;
        this.rolling = rolling;
        this.redis = redis;
        this.visibility = visibility;
        this.answers = answers;
        this.replays = replays;
    }

    /**
     * Accepts a batch of events with distinct event ids. Once it completes, PostgreSQL has committed all of them and
     * Redis shows them, or is not read until it does; the responses to events with ids of their own are recorded.
     *
     * @return the outcome of each, in order; fails with {@link BatchRefused} when nothing of the batch is written,
     *     for the reason of {@link Outdated} when something must be looked up again, or of {@link InvalidInput} when a
     *     sum would leave the exact range
     */
    public Uni<List<WriteResult>> write(List<ScoreWrite> batch, WriteTimes times) {
        return write(batch, false, times);
    }

    /**
     * As {@link #write}, but an event whose id is already taken by different content fails the whole batch, for the reason of
     * {@link Conflict}, before anything is written.
     */
    public Uni<List<WriteResult>> writeAll(List<ScoreWrite> batch, WriteTimes times) {
        return write(batch, true, times);
    }

    private Uni<List<WriteResult>> write(List<ScoreWrite> batch, boolean allOrNothing, WriteTimes times) {
        return snapshots
                .awaitBegun(batch.stream().map(ScoreWrite::board))
                .onFailure()
                .transform(BatchRefused::new)
                .chain(() -> times.ofCommit(postgres.commit(batch, allOrNothing)))
                .chain(written -> rolling.find(batch, written))
                // Redis first, even if PostgreSQL has become unavailable since: it gets what is known.
                .chain(found -> times.ofRedis(redis.apply(batch, found.written()))
                        .onFailure()
                        .invoke(() -> rolling.markUncertain(found))
                        .call(() -> rolling.settle(found)))
                .map(written -> written.stream().map(WriteResult::present).toList())
                .map(written -> rolling.running(batch, written))
                .map(written -> visibility.visible(batch, readable(batch, written)))
                .call(written -> answers.remember(batch, written))
                .chain(written -> replays.carry(batch, written));
    }

    private static List<WriteResult> readable(List<ScoreWrite> batch, List<WriteResult> written) {
        if (batch.stream().allMatch(write -> write.board().filling().isEmpty())) {
            return written;
        }
        return IntStream.range(0, batch.size())
                .mapToObj(i -> written.get(i).without(batch.get(i).board()::isFilling))
                .toList();
    }
}
