package dev.laurel.score;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.window.Outdated;
import dev.laurel.standings.write.BatchRefused;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** A store that answers when it is told to, batch by batch. */
final class LaneStore {
    final List<List<String>> batches = new ArrayList<>();
    final List<String> committed = new ArrayList<>();
    final Deque<Runnable> onTheWay = new ArrayDeque<>();
    Predicate<ScoreWrite> refuses = write -> false;
    Predicate<ScoreWrite> outdated = write -> false;

    private UniEmitter<? super List<WriteResult>> newest;

    Uni<List<WriteResult>> commit(List<ScoreWrite> batch) {
        batches.add(batch.stream().map(ScoreWrite::playerId).toList());
        return Uni.createFrom().emitter(emitter -> {
            newest = emitter;
            onTheWay.add(() -> end(batch, emitter));
        });
    }

    private void end(List<ScoreWrite> batch, UniEmitter<? super List<WriteResult>> emitter) {
        // As apply_scores does: what the batch believes is checked first.
        if (batch.stream().anyMatch(outdated)) {
            emitter.fail(new BatchRefused(new Outdated()));
            return;
        }
        if (batch.stream().anyMatch(refuses)) {
            emitter.fail(new BatchRefused(new InvalidInput("score", "is poisonous")));
            return;
        }
        batch.forEach(write -> committed.add(write.playerId()));
        emitter.complete(batch.stream()
                .map(write -> new WriteResult(WriteResult.Outcome.APPLIED, 1, List.of()))
                .toList());
    }

    void answer() {
        onTheWay.remove().run();
    }

    void answerAll() {
        while (!onTheWay.isEmpty()) {
            answer();
        }
    }

    void fail(Throwable failure) {
        onTheWay.remove();
        newest.fail(failure);
    }
}
