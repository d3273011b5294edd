package dev.laurel.web.tenants;

import dev.laurel.testing.LaurelApi;

/** Tenants as an operator registers them. */
final class RegisteredTenants {
    private RegisteredTenants() {}

    /**
     * Registers a tenant.
     *
     * @param operator of the service
     * @return a key of it with these scopes
     */
    static String keyOf(LaurelApi operator, String name, String... scopes) {
        operator.post("/api/v1/admin/tenants", "{\"name\":\"%s\",\"title\":\"%s\"}".formatted(name, name))
                .expect(201);
        return key(operator, name, scopes);
    }

    /** Another key of a tenant. */
    static String key(LaurelApi operator, String tenant, String... scopes) {
        return operator.post(
                        "/api/v1/admin/keys",
                        "{\"name\":\"k\",\"tenant\":\"%s\",\"scopes\":[\"%s\"]}"
                                .formatted(tenant, String.join("\",\"", scopes)))
                .expect(201)
                .json()
                .path("key")
                .asText();
    }
}
