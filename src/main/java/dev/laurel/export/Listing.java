package dev.laurel.export;

import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A list that is read piece by piece, each piece beginning after the last row of the one before: so the order is stable, and
 * nothing is read twice while rows are added. One reader at a time.
 */
public final class Listing {
    /** Rows of a piece: few enough that an event loop is not noticeably busy with one. */
    static final int PIECE = 250;

    private final Sql sql;
    private final Pulse pulse;
    private final Question question;
    private final List<Object> position;
    private boolean ended;

    Listing(Sql sql, Pulse pulse, Question question) {
        this.sql = sql;
        this.pulse = pulse;
        this.question = question;
        this.position = new ArrayList<>(question.start());
    }

    /**
     * What to read.
     *
     * @param columns of the list
     * @param statement whose parameters are the arguments, the position and the number of rows, and which selects the
     *     position of each row first
     * @param start the position before the first row
     */
    record Question(
            List<String> columns,
            String statement,
            List<Object> arguments,
            List<Object> start,
            Function<Row, Item> reading) {}

    public List<String> columns() {
        return question.columns();
    }

    /** Whether the last piece has been read. */
    public boolean hasEnded() {
        return ended;
    }

    /** The next piece, perhaps empty. */
    public Uni<List<Item>> next() {
        List<Object> arguments = new ArrayList<>(question.arguments());
        arguments.addAll(position);
        arguments.add((long) PIECE);
        return pulse.whileAlive(sql.run(question.statement(), arguments.toArray()))
                .map(rows -> {
                    List<Item> items = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        items.add(question.reading().apply(row));
                        moveTo(row);
                    }
                    ended = items.size() < PIECE;
                    return items;
                });
    }

    private void moveTo(Row row) {
        for (int i = 0; i < position.size(); i++) {
            position.set(i, row.getValue(i));
        }
    }
}
