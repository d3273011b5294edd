package dev.laurel.testing;

import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.Tenant;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets a request of a test say whose it is, by the number of a tenant in a header. */
@ApplicationScoped
public class TenantHeader {
    public static final String NAME = "X-Test-Tenant";

    /** After the caller has been found, before uploads are received. */
    private static final int PRIORITY = 210;

    void watch(@Observes Filters filters) {
        filters.register(this::set, PRIORITY);
    }

    private void set(RoutingContext request) {
        String tenant = request.request().getHeader(NAME);
        if (tenant != null) {
            CurrentTenant.set(new Tenant(Short.parseShort(tenant)));
        }
        request.next();
    }
}
