package dev.laurel.web.challenges;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.access.Submitter;
import dev.laurel.board.access.Submitters;
import dev.laurel.challenge.Attempt;
import dev.laurel.challenge.Challenge;
import dev.laurel.challenge.ChallengeKey;
import dev.laurel.challenge.Challenges;
import dev.laurel.challenge.SubmissionReads;
import dev.laurel.challenge.Submissions;
import dev.laurel.challenge.Withdrawals;
import dev.laurel.correction.Decision;
import dev.laurel.limit.EventQuota;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.body.MaxBody;
import dev.laurel.web.challenges.SubmissionJson.ReceivedJson;
import dev.laurel.web.corrections.CorrectionJson.DecisionRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What players submit to a variant of a challenge. */
@Path("/api/v1/challenges/{challenge}/{variant}/submissions")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges")
public class SubmissionsResource {
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String NO_VARIANT = "There is no such challenge or variant";

    private final Submissions submissions;
    private final SubmissionReads reads;
    private final Withdrawals withdrawals;
    private final Challenges challenges;
    private final Submitters submitters;
    private final EventQuota quota;

    SubmissionsResource(
            Submissions submissions,
            SubmissionReads reads,
            Withdrawals withdrawals,
            Challenges challenges,
            Submitters submitters,
            EventQuota quota) {
        this.quota = quota;
        this.submissions = submissions;
        this.reads = reads;
        this.withdrawals = withdrawals;
        this.challenges = challenges;
        this.submitters = submitters;
    }

    @RequiresScope(
            value = {Scope.WRITE, Scope.PLAYER},
            withinBoards = true)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(MaxBody.IDS)
    @Operation(
            operationId = "submitToChallenge",
            summary = "Submit to a variant of a challenge",
            description =
                    "The first submission of a player that clears the variant earns its points, once for ever. They "
                            + "are a score event of the challenge's board, in the same transaction.")
    @APIResponse(responseCode = "200", description = "Accepted, or accepted before under the same key")
    @APIResponse(responseCode = "404", description = NO_VARIANT)
    @APIResponse(
            responseCode = "409",
            description = "The variant is not open, its board does not take the points, or the key was used otherwise")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it, and nothing has changed")
    @APIResponse(
            responseCode = "503",
            description = "Not acknowledged; with a key it is safe to try again after Retry-After")
    public Uni<ReceivedJson> submit(
            @RestPath String challenge,
            @RestPath String variant,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Key that makes it safe to repeat this submission, at any time",
                            schema = @Schema(pattern = Ids.PATTERN))
                    String key,
            SubmissionRequest request) {
        ChallengeKey named = ChallengeKey.of(challenge);
        Ids.require("variant", variant);
        Submitter caller = submitters.current();
        Attempt attempt = Parameters.body(request).attempt(key, caller.isPlayer());
        return permitted(
                        caller,
                        named,
                        request.playerId(),
                        () -> quota.within(named.tenant(), 1, () -> submissions.submit(named, variant, attempt)))
                .map(ReceivedJson::of);
    }

    /**
     * Where that depends on the board that the points go to. A challenge of a board that the caller may not know of does not exist
     * for it.
     */
    private <T> Uni<T> permitted(Submitter caller, ChallengeKey challenge, String player, Supplier<Uni<T>> work) {
        return caller.isUnlimited()
                ? work.get()
                : challenges
                        .get(challenge)
                        .invoke(found -> requireSeen(caller, found))
                        .chain(found -> caller.permit(found.definition().board(), player, work));
    }

    private static void requireSeen(Submitter caller, Challenge challenge) {
        if (!caller.sees(challenge.definition().board())) {
            throw Challenges.unknown(challenge.key());
        }
    }

    @GET
    @Operation(
            operationId = "listSubmissions",
            summary = "The best submission of each player to a variant, ranked",
            description =
                    "Submissions that clear the variant come before the others, then the better by the challenge's "
                            + "measure and order, of equal ones the earlier. While the board is frozen: what was submitted before "
                            + "the freeze.")
    @APIResponse(responseCode = "200", description = "A page of submissions")
    @APIResponse(responseCode = "404", description = NO_VARIANT)
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<SubmissionJson>> list(
            @RestPath String challenge,
            @RestPath String variant,
            @QueryParam("content")
                    @Parameter(
                            description = "Whether to include what was submitted, or its length alone",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "true"))
                    String content,
            @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        boolean withContent = content == null || Parameters.flag("content", content);
        return reads.best(ChallengeKey.of(challenge), Ids.require("variant", variant), withContent, wanted)
                .map(found -> PageJson.of(wanted, found, SubmissionJson::of));
    }

    @GET
    @Path("/{submission}")
    @Operation(operationId = "getSubmission", summary = "A submission")
    @APIResponse(responseCode = "200", description = "The submission")
    @APIResponse(
            responseCode = "404",
            description = "There is no such submission, or it was made after the board was frozen")
    public Uni<SubmissionJson> get(
            @RestPath String challenge,
            @RestPath String variant,
            @RestPath @Parameter(schema = @Schema(format = "uuid")) String submission) {
        return reads.one(ChallengeKey.of(challenge), Ids.require("variant", variant), id(submission))
                .map(SubmissionJson::of);
    }

    @RequiresScope(Scope.WRITE)
    @DELETE
    @Path("/{submission}")
    @Operation(
            operationId = "withdrawSubmission",
            summary = "Withdraw a submission, with what it has earned",
            description =
                    "As if it had never been made. If its player has cleared the variant by it, the next submission "
                            + "of the player that clears takes its place, and the points stay; if there is none, the points are "
                            + "taken back in all windows, open and closed. A key that it was sent with stays used.")
    @APIResponse(responseCode = "204", description = "The submission has been withdrawn")
    @APIResponse(responseCode = "404", description = "There is no such submission")
    @APIResponse(responseCode = "409", description = "Without the points, a sum would leave the range of scores")
    @APIResponse(responseCode = "422", description = "The reason or the author is missing")
    @APIResponse(
            responseCode = "503",
            description = "The points of the variant, or the board, are being changed; try again after Retry-After")
    public Uni<RestResponse<Void>> withdraw(
            @RestPath String challenge,
            @RestPath String variant,
            @RestPath @Parameter(schema = @Schema(format = "uuid")) String submission,
            DecisionRequest request) {
        Decision decision = Parameters.body(request).decision();
        return withdrawals
                .withdraw(ChallengeKey.of(challenge), Ids.require("variant", variant), id(submission), decision)
                .replaceWith(RestResponse.noContent());
    }

    private static UUID id(String text) {
        if (!UUIDS.matcher(text).matches()) {
            throw new NotFound("There is no such submission");
        }
        return UUID.fromString(text);
    }
}
