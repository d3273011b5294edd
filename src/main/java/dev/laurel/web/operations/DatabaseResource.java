package dev.laurel.web.operations;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.DatabaseOptimization;
import dev.laurel.admin.DatabaseOptimization.Order;
import dev.laurel.admin.DatabaseOptimization.Run;
import dev.laurel.correction.Decision;
import dev.laurel.database.DatabaseReads;
import dev.laurel.database.StatementReads;
import dev.laurel.database.Step.State;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.web.Parameters;
import dev.laurel.web.operations.DatabaseJson.PlanJson;
import dev.laurel.web.operations.DatabaseJson.StateJson;
import dev.laurel.web.operations.OptimizeJson.OptimizationJson;
import dev.laurel.web.operations.OptimizeJson.OptimizeRequest;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** The database: its state, and what improves it. */
@Path("/api/v1/admin/database")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class DatabaseResource {
    private final DatabaseReads reads;
    private final StatementReads statements;
    private final DatabaseOptimization optimization;

    DatabaseResource(DatabaseReads reads, StatementReads statements, DatabaseOptimization optimization) {
        this.reads = reads;
        this.statements = statements;
        this.optimization = optimization;
    }

    @GET
    @Operation(
            operationId = "getDatabase",
            summary = "The state of the database: indexes and their use, tables, slow statements, and suggestions")
    @APIResponse(responseCode = "200", description = "As the server counts it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<StateJson> state() {
        return reads.state().map(StateJson::of);
    }

    @GET
    @Path("/statements/{statement}/plan")
    @Operation(
            operationId = "explainStatement",
            summary = "How PostgreSQL would carry out one of its slow statements",
            description =
                    "Of a plain SELECT that the server has counted (pg_stat_statements), by its id among slowStatements. It is "
                            + "planned for any values of its parameters, in a transaction that can change nothing, and not "
                            + "carried out.")
    @APIResponse(responseCode = "200", description = "The plan")
    @APIResponse(responseCode = "404", description = "The server has counted no such statement, or counts none")
    @APIResponse(
            responseCode = "409",
            description = "It is not a plain SELECT, or cannot be planned without its values")
    @APIResponse(responseCode = "422", description = "The id is not a number")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PlanJson> plan(
            @RestPath
                    @Parameter(
                            description = "Id of a statement, as slowStatements shows it",
                            schema = @Schema(pattern = "^-?[0-9]{1,19}$", examples = "-3416356442043621232"))
                    String statement) {
        return statements.plan(number(statement)).map(PlanJson::of);
    }

    private static long number(String statement) {
        try {
            return Long.parseLong(statement);
        } catch (NumberFormatException e) {
            throw new InvalidInput("statement", "must be the id of a statement, which is a number");
        }
    }

    @POST
    @Path("/optimize")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "optimizeDatabase",
            summary =
                    "Create missing indexes, vacuum and analyze tables, clear and warm caches; or tell what would be done",
            description =
                    "One at a time over all processes. Tables are read and written meanwhile. What takes longer than "
                            + "laurel.database.answer-after goes on in the background, for at most laurel.database.optimize-for. A "
                            + "step that fails ends no other.")
    @APIResponse(
            responseCode = "200",
            description = "It has ended, or was a dry run",
            content = @Content(schema = @Schema(implementation = OptimizationJson.class)))
    @APIResponse(
            responseCode = "202",
            description = "It goes on; GET shows how far it is",
            content = @Content(schema = @Schema(implementation = OptimizationJson.class)))
    @APIResponse(responseCode = "409", description = "A process is optimizing the database already")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "PostgreSQL is unavailable, and nothing is done; try again after Retry-After")
    public Uni<RestResponse<OptimizationJson>> optimize(OptimizeRequest request) {
        OptimizeRequest given = Parameters.body(request);
        Order order = given.order();
        Decision decision = given.decision();
        return given.dryRun()
                ? optimization.plan(order).map(DatabaseResource::answer)
                : optimization.run(order, decision).map(DatabaseResource::answer);
    }

    private static RestResponse<OptimizationJson> answer(Run run) {
        return RestResponse.status(
                run.state() == State.RUNNING ? Status.ACCEPTED : Status.OK, OptimizationJson.of(run));
    }

    @GET
    @Path("/optimize")
    @NonBlocking
    @Operation(
            operationId = "getOptimization",
            summary = "How far the latest optimization is that this process has begun",
            description =
                    "Those of other processes are in the log, GET /api/v1/admin/log, with what became of their steps.")
    @APIResponse(responseCode = "200", description = "How far it is, or what became of it")
    @APIResponse(responseCode = "404", description = "This process has begun none")
    public OptimizationJson latest() {
        return OptimizationJson.of(
                optimization.latest().orElseThrow(() -> new NotFound("This process has begun no optimization")));
    }
}
