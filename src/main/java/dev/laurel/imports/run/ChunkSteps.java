package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.run.ChunkWriter.Chunk;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.Outdated;
import dev.laurel.standings.write.BatchRefused;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Has rows written, by as many attempts as it takes: those that PostgreSQL refuses because of one of them are tried in halves
 * until that one is found, and what has become outdated is planned again.
 */
@ApplicationScoped
class ChunkSteps {
    /** A board or a window would have to change during every one of them. */
    private static final int MAX_ATTEMPTS = 10;

    private static final Duration AFTER_DEADLOCK = Duration.ofMillis(50);

    private final ChunkWriter writer;
    private final ImportThreads threads;
    private final Boards boards;
    private final ImportConfig config;

    ChunkSteps(ChunkWriter writer, ImportThreads threads, Boards boards, ImportConfig config) {
        this.writer = writer;
        this.threads = threads;
        this.boards = boards;
        this.config = config;
    }

    /** Writes rows whose windows have been found. */
    Uni<Void> write(Course course, List<Line> lines) {
        return write(course, lines, 1);
    }

    private Uni<Void> write(Course course, List<Line> lines, int attempt) {
        long begun = System.nanoTime();
        return threads.run(() -> Plan.of(
                        course.board(),
                        lines,
                        course.finder(),
                        course.task().job().options().closedWindows()))
                .chain(plan -> write(course, course.chunk(plan, lines.size(), begun), attempt));
    }

    private Uni<Void> write(Course course, Chunk chunk, int attempt) {
        List<Line> lines = chunk.plan().judged();
        return writer.write(chunk)
                .invoke(written -> course.wrote(chunk, written))
                .replaceWithVoid()
                .onFailure(failure -> attempt < MAX_ATTEMPTS && isRetried(failure))
                .recoverWithUni(failure -> again(course, lines, attempt, failure))
                .onFailure(failure -> BatchRefused.reasonOf(failure) instanceof InvalidInput)
                .recoverWithUni(failure -> guilty(course, lines, (InvalidInput) BatchRefused.reasonOf(failure)))
                .onFailure(failure -> isSlow(failure) && lines.size() > 1)
                .recoverWithUni(() -> halves(course, lines))
                // Windows of totals are looked up when the file is opened: another attempt finds those that run now.
                .onFailure(failure -> BatchRefused.reasonOf(failure) instanceof Outdated)
                .transform(failure -> Unavailable.overloaded("A window has been closed meanwhile"));
    }

    private static boolean isRetried(Throwable failure) {
        Throwable reason = BatchRefused.reasonOf(failure);
        return reason instanceof Outdated || failure instanceof BatchRefused && reason instanceof Unavailable;
    }

    private static boolean isSlow(Throwable failure) {
        return failure instanceof Unavailable unavailable && unavailable.isSlow();
    }

    private Uni<Void> again(Course course, List<Line> lines, int attempt, Throwable failure) {
        Uni<Void> ready = BatchRefused.reasonOf(failure) instanceof Outdated
                ? renew(course, lines)
                : Uni.createFrom().voidItem().onItem().delayIt().by(AFTER_DEADLOCK);
        return ready.chain(() -> write(course, lines, attempt + 1));
    }

    private Uni<Void> renew(Course course, List<Line> lines) {
        course.finder().clear();
        return boards.refresh(course.board().fullName())
                .invoke(now -> requireSame(course, now))
                .chain(now -> course.finder().find(now, instants(lines)));
    }

    /** Rows that were checked by another definition are read again, by another attempt at the import. */
    private static void requireSame(Course course, Board now) {
        if (now.id() != course.board().id()
                || !now.definition().equals(course.board().definition())) {
            throw Unavailable.overloaded("The board has been changed");
        }
        course.renewed(now);
    }

    static List<Instant> instants(List<Line> lines) {
        return lines.stream().flatMap(Line::instant).distinct().toList();
    }

    private Uni<Void> guilty(Course course, List<Line> lines, InvalidInput reason) {
        if (lines.size() > 1) {
            return halves(course, lines);
        }
        FieldError error = reason.errors().get(0);
        Line refused = lines.get(0).refused(error.field(), error.message());
        return write(course, List.of(refused), MAX_ATTEMPTS);
    }

    private Uni<Void> halves(Course course, List<Line> lines) {
        int half = lines.size() / 2;
        return write(course, lines.subList(0, half)).chain(() -> write(course, lines.subList(half, lines.size())));
    }
}
