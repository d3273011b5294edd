package dev.laurel.web.challenges;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.cache.Answer;
import dev.laurel.challenge.Challenge;
import dev.laurel.challenge.Challenges;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** All challenges, with their points: the configuration of a site. */
@Path("/api/v1/challenges")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges")
public class ChallengesResource {
    private static final byte[] NOTHING = {};

    private final Challenges challenges;

    ChallengesResource(Challenges challenges) {
        this.challenges = challenges;
    }

    @GET
    @Operation(
            operationId = "listChallenges",
            summary = "All challenges with their points, ordered by id",
            description = "At most a second older than the last change.")
    @APIResponse(responseCode = "200", description = "A page of challenges")
    @APIResponse(responseCode = "304", description = "The client's copy is current")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<RestResponse<PageJson<ChallengeJson>>> list(
            @BeanParam PageAddress page,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String known) {
        PageRequest wanted = page.request();
        return challenges.list(CurrentTenant.get(), wanted).map(found -> response(wanted, found, known));
    }

    private static RestResponse<PageJson<ChallengeJson>> response(
            PageRequest wanted, PageResult<Challenge> found, String known) {
        String tag = tag(wanted, found);
        ResponseBuilder<PageJson<ChallengeJson>> response = new Answer(NOTHING, tag, false).isAmong(known)
                ? ResponseBuilder.notModified()
                : ResponseBuilder.ok(PageJson.of(wanted, found, ChallengeJson::of));
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    /** The versions of all that is on a page tell whether it is the same. */
    private static String tag(PageRequest wanted, PageResult<Challenge> found) {
        String versions = found.items().stream().map(Challenge::version).collect(Collectors.joining(","));
        return Answer.tagOf((wanted + "/" + found.total() + "/" + versions).getBytes(StandardCharsets.UTF_8));
    }
}
