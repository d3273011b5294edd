package dev.laurel.platform.postgres;

import dev.laurel.testing.OnEventLoop;
import io.quarkus.arc.Arc;

/** The role of requests for a while, in a service that is started without one. */
public final class RequestRoles implements AutoCloseable {
    static final String NAME = "laurel_requests";

    private final RequestRole role = Arc.container().instance(RequestRole.class).get();

    private RequestRoles() {}

    /** Requests run under it until this is closed. */
    public static RequestRoles begin() {
        RequestRoles begun = new RequestRoles();
        RequestRoleCheck check =
                Arc.container().instance(RequestRoleCheck.class).get();
        OnEventLoop.await(() -> check.prepare(NAME).replaceWith(true));
        begun.role.use(NAME);
        return begun;
    }

    @Override
    public void close() {
        role.use(null);
    }
}
