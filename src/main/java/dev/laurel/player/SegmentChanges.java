package dev.laurel.player;

import dev.laurel.shared.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.util.Collection;
import java.util.List;

/**
 * Reports which segments have got other members by a change that this process has just made, before the request that
 * made it is answered. Other processes find a note in PostgreSQL.
 */
@ApplicationScoped
public class SegmentChanges {
    private final List<Listener> listeners;

    SegmentChanges(@Any Instance<Listener> listeners) {
        this.listeners = listeners.stream().toList();
    }

    /** @param segments names, such as {@code class:7b} */
    public void report(Tenant tenant, Collection<String> segments) {
        segments.forEach(segment -> listeners.forEach(listener -> listener.membersChanged(tenant, segment)));
    }

    /** A bean that remembers members of segments. */
    public interface Listener {
        void membersChanged(Tenant tenant, String segment);
    }
}
