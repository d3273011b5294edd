package dev.laurel.access.http;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.access.PublicBoards;
import dev.laurel.access.Scope;
import dev.laurel.access.http.OperationNeeds.Need;
import dev.laurel.platform.postgres.RequestRole;
import dev.laurel.platform.tenant.VisibleRows;
import dev.laurel.shared.LaurelException.ScopeMissing;
import dev.laurel.shared.LaurelException.Unauthenticated;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

import java.util.stream.Collectors;

/** Lets a caller call the operations that its scopes allow, for the boards that it may touch. */
class Authorization {
    private static final String BOARD = "board";
    private static final String FIRST_INTERFACE = "/api/redis-leaderboard";

    private final OperationNeeds needs;
    private final PublicBoards boards;
    private final Refusals refusals;
    private final TenantMarks marks;
    private final RequestRole role;

    Authorization(OperationNeeds needs, PublicBoards boards, Refusals refusals, TenantMarks marks, RequestRole role) {
        this.marks = marks;
        this.role = role;
        this.needs = needs;
        this.boards = boards;
        this.refusals = refusals;
    }

    @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHORIZATION)
    void require(ContainerRequestContext request, SimpleResourceInfo operation) {
        Caller caller = CurrentCaller.get();
        marks.mark(caller);
        if (role.isOn()) {
            showAllToOperations(operation);
        }
        if (caller.kind() == Caller.Kind.OPEN || operation.getResourceClass() == null) {
            return;
        }
        Need need = needs.of(operation.getResourceClass(), operation.getMethodName());
        if (need == null) {
            throw new ScopeMissing("Nobody may call this operation");
        }
        if (need.isNone()) {
            return;
        }
        if (caller.kind() == Caller.Kind.ANONYMOUS) {
            requirePublic(request, need);
            return;
        }
        if (!need.isMetBy(caller.scopes())) {
            refusals.count(Refusals.SCOPE);
            throw new ScopeMissing("The credential lacks the scope "
                    + need.scopes().stream().map(Scope::text).collect(Collectors.joining(" or ")));
        }
        if (need.ofService() && !caller.isOperator()) {
            refusals.count(Refusals.TENANT);
            throw new ScopeMissing("This concerns the service as a whole: it needs an administrator of the tenant "
                    + Caller.DEFAULT_TENANT + " whose credential is not limited to boards");
        }
        if (!caller.boards().isAll()) {
            requireWithin(caller, request, need);
        }
    }

    /** An operation on the service as a whole needs the rows of all tenants; whether it is allowed is decided after that. */
    private void showAllToOperations(SimpleResourceInfo operation) {
        Need need = operation.getResourceClass() == null
                ? null
                : needs.of(operation.getResourceClass(), operation.getMethodName());
        if (need != null && need.ofService()) {
            VisibleRows.showAll();
        }
    }

    /** Without a credential only public boards can be read; whether another one exists is not told. */
    private void requirePublic(ContainerRequestContext request, Need need) {
        String board = need.scopes().contains(Scope.READ) ? boardOf(request) : null;
        if (board == null) {
            throw missing();
        }
        // The context that a filter is given does not wait.
        ResteasyReactiveRequestContext waiting = CurrentRequestManager.get();
        waiting.suspend();
        boards.isPublic(board)
                .subscribe()
                .with(
                        open -> {
                            if (open) {
                                waiting.resume();
                            } else {
                                waiting.resume(missing());
                            }
                        },
                        waiting::resume);
    }

    private Unauthenticated missing() {
        refusals.count(Refusals.MISSING);
        return Unauthenticated.missing();
    }

    private void requireWithin(Caller caller, ContainerRequestContext request, Need need) {
        String board = boardOf(request);
        if (board != null && !caller.boards().match(board)) {
            refusals.count(Refusals.BOARD);
            throw boards.unknown(board);
        }
        if (board == null && !need.withinBoards()) {
            refusals.count(Refusals.BOARD);
            throw new ScopeMissing("The credential is limited to some boards, and this operation concerns all of them");
        }
    }

    private String boardOf(ContainerRequestContext request) {
        String board = request.getUriInfo().getPathParameters().getFirst(BOARD);
        return board == null && request.getUriInfo().getPath().startsWith(FIRST_INTERFACE)
                ? boards.ofFirstInterface()
                : board;
    }
}
