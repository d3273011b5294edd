package dev.laurel.feed.source;

import dev.laurel.shared.Activity;
import dev.laurel.shared.EventIds;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The source of each feed. */
public final class Sources {
    private static final LogSource<AcceptedEvent> EVENTS = new LogSource<>(
            Feed.EVENTS,
            "score_event",
            "received_at",
            "e.player_id, e.score, e.more, e.occurred_ms, e.event_id, e.attributes::text,"
                    + " e.activity, e.tags, e.outcome, e.duration_ms",
            Sources::event);

    private static final LogSource<Change> CHANGES =
            new LogSource<>(Feed.CHANGES, "change", "at", "e.tenant_id, e.kind, e.subject", Sources::change);

    private static final ClosingSource CLOSINGS = new ClosingSource();

    /** No client can choose an id with this prefix. */
    private static final char BY_HAND = '#';

    private Sources() {}

    @SuppressWarnings("unchecked") // each feed has one kind of items
    public static <T extends FeedItem> Source<T> of(Feed<T> feed) {
        return (Source<T>)
                switch (feed.kind()) {
                    case EVENTS -> EVENTS;
                    case CLOSINGS -> CLOSINGS;
                    case CHANGES -> CHANGES;
                };
    }

    private static AcceptedEvent event(Row row) {
        int next = LogSource.FIRST_COLUMN;
        String player = row.getString(next++);
        long score = row.getLong(next++);
        Long[] more = row.getArrayOfLongs(next++);
        Instant occurred = Instant.ofEpochMilli(row.getLong(next++));
        String eventId = row.getString(next++);
        return new AcceptedEvent(
                row.getInteger(4),
                row.getLong(1),
                Long.parseLong(row.getString(0)),
                player,
                score,
                values(more),
                occurred,
                row.getOffsetDateTime(5).toInstant(),
                EventIds.shown(eventId),
                eventId != null && eventId.charAt(0) == BY_HAND,
                row.getString(next),
                activity(row, next + 1));
    }

    private static Activity activity(Row row, int first) {
        String[] tags = row.getArrayOfStrings(first + 1);
        Activity activity = new Activity(
                row.getString(first),
                tags == null ? List.of() : List.of(tags),
                Activity.Outcome.ofCode(row.getShort(first + 2)),
                row.getLong(first + 3));
        return activity.isNone() ? Activity.NONE : activity;
    }

    /** The ledger stores value, instant, value, instant. */
    private static List<Long> values(Long[] more) {
        if (more == null) {
            return List.of();
        }
        Long[] values = new Long[more.length / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = more[2 * i];
        }
        // Null where the event has no value of a metric.
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    private static Change change(Row row) {
        int next = LogSource.FIRST_COLUMN;
        return new Change(
                row.getShort(next),
                row.getInteger(4),
                row.getString(next + 1),
                row.getString(next + 2),
                row.getOffsetDateTime(5).toInstant());
    }
}
