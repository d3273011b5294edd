package dev.laurel.web.auditlog;

import dev.laurel.access.CurrentCaller;
import dev.laurel.access.tenant.RegisteredTenant;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.auditlog.AuditLog;
import dev.laurel.auditlog.AuditedAction;
import dev.laurel.platform.client.ClientAddress;
import dev.laurel.platform.tenant.VisibleRows;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

import java.util.Set;

/**
 * Has an entry of the audit log written before an administrative action begins, and its outcome before the response is sent.
 * Other requests pass without any work but a look-up.
 */
class AuditFilter {
    /** After the caller's scopes have been compared, and after the line of the request has been found valid. */
    private static final int LATE = Priorities.USER + 1_000;

    private static final String ENTRY = "laurel.audited";

    /** What has to work while PostgreSQL is unavailable: the log of the process has these then. */
    private static final Set<String> WITHOUT_POSTGRES = Set.of("dropCaches", "dropCache");

    private final AuditLog log;
    private final AuditedOperations operations;
    private final ClientAddress addresses;
    private final TenantRegistry tenants;

    AuditFilter(AuditLog log, AuditedOperations operations, ClientAddress addresses, TenantRegistry tenants) {
        this.tenants = tenants;
        this.addresses = addresses;
        this.log = log;
        this.operations = operations;
    }

    @ServerRequestFilter(nonBlocking = true, priority = LATE)
    Uni<Void> begin(ContainerRequestContext context, RoutingContext request, SimpleResourceInfo resource) {
        if (request.request().method() == HttpMethod.GET || resource.getResourceClass() == null) {
            return null;
        }
        String operation = operations.of(resource.getResourceClass(), resource.getMethodName());
        return operation == null ? null : record(operation, context, request);
    }

    private Uni<Void> record(String operation, ContainerRequestContext context, RoutingContext request) {
        UriInfo address = context.getUriInfo();
        AuditedAction action =
                ofWhom(AuditedRequest.action(operation, request, address, addresses.of(request.request())), address);
        Uni<Void> begun = log.begin(action)
                .invoke(entry -> context.setProperty(ENTRY, new Begun(entry, action)))
                .replaceWithVoid();
        return WITHOUT_POSTGRES.contains(operation)
                ? begun.onFailure(Unavailable.class)
                        .invoke(failure -> log.missed(action, failure))
                        .onFailure(Unavailable.class)
                        .recoverWithNull()
                : begun;
    }

    /** Operators may name another tenant than theirs. */
    private AuditedAction ofWhom(AuditedAction action, UriInfo address) {
        String named = address.getQueryParameters().getFirst("tenant");
        return named == null || !CurrentCaller.get().isOperator()
                ? action
                : tenants.named(named)
                        .map(RegisteredTenant::tenant)
                        .map(tenant -> about(tenant, action))
                        .orElse(action);
    }

    private static AuditedAction about(Tenant tenant, AuditedAction action) {
        VisibleRows.showAlso(tenant);
        return action.of(tenant);
    }

    @ServerResponseFilter
    Uni<Void> end(ContainerRequestContext context, ContainerResponseContext response) {
        return context.getProperty(ENTRY) instanceof Begun begun
                ? log.end(begun.entry, begun.action, response.getStatus())
                : null;
    }

    private record Begun(long entry, AuditedAction action) {}
}
