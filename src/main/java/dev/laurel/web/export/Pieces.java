package dev.laurel.web.export;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Rows that are read piece by piece.
 *
 * @param next reads the next piece, perhaps an empty one
 * @param hasEnded whether the last piece has been read
 */
public record Pieces<T>(Supplier<Uni<List<T>>> next, BooleanSupplier hasEnded) {
    /** The rows as they are written, the first piece of which has been read; each further one when its reader asks for it. */
    public Uni<Multi<byte[]>> through(ExportSlots.Slot slot, RowWriter<T> writer) {
        Uni<byte[]> written = Uni.createFrom()
                .deferred(() ->
                        slot.turn(Uni.createFrom().deferred(() -> next.get()).map(writer::rows)));
        return slot.begin(written.map(first -> followed(first, written)));
    }

    private Multi<byte[]> followed(byte[] first, Uni<byte[]> written) {
        Multi<byte[]> begun = Multi.createFrom().item(first);
        if (hasEnded.getAsBoolean()) {
            return begun;
        }
        Multi<byte[]> others =
                Multi.createBy().repeating().uni(() -> written).whilst(piece -> !hasEnded.getAsBoolean());
        return Multi.createBy().concatenating().streams(begun, others);
    }
}
