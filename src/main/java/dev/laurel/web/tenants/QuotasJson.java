package dev.laurel.web.tenants;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.tenant.Quotas;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a tenant may have, as clients write and read it. */
@Schema(name = "TenantQuotas", description = "What is missing is not limited")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuotasJson(
        @Schema(description = "Boards at a time", minimum = "1", maximum = "1000000", examples = "20")
        Integer boards,

        @Schema(
                description = "Players on its boards, one on two boards counting twice, and records of players",
                minimum = "1",
                maximum = "1000000000",
                examples = "5000")
        Long players,

        @Schema(description = "Score events, on average", minimum = "1", maximum = "1000000", examples = "50")
        Integer eventsPerSecond,

        @Schema(
                description = "Bytes of uploaded files that are kept at a time",
                minimum = "1",
                maximum = "1125899906842624",
                examples = "104857600")
        Long uploadBytes) {
    /** Null when nothing is limited. */
    static QuotasJson of(Quotas quotas) {
        return quotas.equals(Quotas.NONE)
                ? null
                : new QuotasJson(quotas.boards(), quotas.players(), quotas.eventsPerSecond(), quotas.uploadBytes());
    }

    static Quotas quotas(QuotasJson json) {
        return json == null
                ? Quotas.NONE
                : new Quotas(json.boards, json.players, json.eventsPerSecond, json.uploadBytes);
    }
}
