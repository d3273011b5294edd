package dev.laurel.platform.postgres;

import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.StoredRows;
import io.quarkus.arc.Arc;

/** The role of requests for a while, in a service that is started without one. */
public final class RequestRoles implements AutoCloseable {
    static final String NAME = "laurel_requests";

    private final RequestRole role = Arc.container().instance(RequestRole.class).get();

    private RequestRoles() {}

    /** Requests run under it until this is closed. */
    public static RequestRoles begin() {
        RequestRoles begun = new RequestRoles();
        createAsDocumented();
        RequestRoleCheck check =
                Arc.container().instance(RequestRoleCheck.class).get();
        OnEventLoop.await(() -> check.prepare(NAME).replaceWith(true));
        begun.role.use(NAME);
        return begun;
    }

    /** The role of the service may not create others here. */
    private static void createAsDocumented() {
        boolean there = !StoredRows.column("SELECT 1 FROM pg_roles WHERE rolname = ?", NAME)
                .isEmpty();
        if (!there) {
            try (OtherTransaction superuser = OtherTransaction.ofSuperuser()) {
                superuser
                        .run("CREATE ROLE " + NAME + " NOLOGIN")
                        .run("GRANT " + NAME + " TO laurel WITH SET TRUE, INHERIT FALSE")
                        .commit();
            }
        }
    }

    @Override
    public void close() {
        role.use(null);
    }
}
