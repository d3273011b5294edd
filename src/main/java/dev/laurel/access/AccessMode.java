package dev.laurel.access;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether the service is open: a request without a credential may do anything. Decided at the start, and closed until then. */
@ApplicationScoped
public class AccessMode {
    private volatile boolean open;

    AccessMode() {}

    public boolean isOpen() {
        return open;
    }

    /** Decides it. */
    public void open(boolean wanted) {
        open = wanted;
    }
}
