package dev.laurel.web.auditlog;

import dev.laurel.auditlog.AuditEntries;
import dev.laurel.auditlog.AuditEntry;
import dev.laurel.auditlog.AuditQuery;
import io.smallrye.mutiny.Uni;

import java.util.List;

/** Reads the audit log piece by piece, oldest first. One reader at a time. */
final class AuditPieces {
    /** Few enough that an event loop is not noticeably busy with one. */
    private static final int PIECE = 250;

    private final AuditEntries entries;
    private final AuditQuery query;
    private final int most;
    private long last;
    private int read;
    private boolean ended;

    AuditPieces(AuditEntries entries, AuditQuery query, int most) {
        this.entries = entries;
        this.query = query;
        this.most = most;
    }

    /** The next piece, perhaps empty. */
    Uni<List<AuditEntryJson>> next() {
        return entries.after(last, query, PIECE).map(this::take);
    }

    private List<AuditEntryJson> take(List<AuditEntry> found) {
        read += found.size();
        // Entries that are added meanwhile do not keep it going for ever.
        ended = found.size() < PIECE || read >= most;
        if (!found.isEmpty()) {
            last = found.get(found.size() - 1).number();
        }
        return found.stream().map(AuditEntryJson::of).toList();
    }

    boolean hasEnded() {
        return ended;
    }
}
