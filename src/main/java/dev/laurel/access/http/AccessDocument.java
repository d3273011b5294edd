package dev.laurel.access.http;

import dev.laurel.access.RequiresScope;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says in the OpenAPI document which credentials the service takes, and which scopes each operation needs. Runs in the build. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = AccessDocument.EARLY)
public class AccessDocument implements OASFilter {
    /** Before the document gets its final form. */
    static final int EARLY = 100;

    /** The name of the extension of an operation that lists its scopes. */
    static final String SCOPES = "x-laurel-scopes";

    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";
    private static final String READ = "read";
    private static final DotName OPERATION =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.Operation");
    private static final DotName REQUIRES = DotName.createSimple(RequiresScope.class.getName());

    private final Map<String, List<String>> scopes = new HashMap<>();
    private final Set<String> ofService = new HashSet<>();

    public AccessDocument(IndexView classes) {
        for (AnnotationInstance operation : classes.getAnnotations(OPERATION)) {
            if (operation.target().kind() == AnnotationTarget.Kind.METHOD && operation.value("operationId") != null) {
                String id = operation.value("operationId").asString();
                AnnotationInstance requires = requires(operation.target().asMethod());
                scopes.put(id, scopes(requires));
                if (requires != null
                        && requires.value("ofService") != null
                        && requires.value("ofService").asBoolean()) {
                    ofService.add(id);
                }
            }
        }
    }

    private static AnnotationInstance requires(MethodInfo method) {
        return method.hasAnnotation(REQUIRES)
                ? method.annotation(REQUIRES)
                : method.declaringClass().declaredAnnotation(REQUIRES);
    }

    private static List<String> scopes(AnnotationInstance requires) {
        return requires == null
                ? List.of()
                : Arrays.stream(requires.value().asEnumArray())
                        .map(scope -> scope.toLowerCase(Locale.ROOT))
                        .toList();
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key, or a token of an issuer that the service trusts"))
                .addSecurityScheme(
                        API_KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name(Sent.API_KEY)
                                .description("The same in a header of its own"));
        document.setSecurity(either());
        document.getPaths().getPathItems().forEach(this::describe);
    }

    private static List<SecurityRequirement> either() {
        return List.of(
                OASFactory.createSecurityRequirement().addScheme(BEARER),
                OASFactory.createSecurityRequirement().addScheme(API_KEY));
    }

    private void describe(String address, PathItem path) {
        path.getOperations().values().forEach(operation -> describe(address, operation));
    }

    private void describe(String address, Operation operation) {
        List<String> needed = scopes.getOrDefault(operation.getOperationId(), List.of());
        operation.addExtension(SCOPES, needed);
        String said =
                needed.isEmpty() ? "Needs no credential." : "Requires the scope " + String.join(" or ", needed) + ".";
        if (ofService.contains(operation.getOperationId())) {
            said += " It concerns all tenants: the caller has to be an administrator of the tenant default.";
        }
        operation.setDescription(
                operation.getDescription() == null ? said : operation.getDescription() + "\n\n" + said);
        if (needed.isEmpty()) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement()));
        } else if (needed.contains(READ) && address.contains("{board}")) {
            // Without a credential where the board is public.
            List<SecurityRequirement> optional = new ArrayList<>(either());
            optional.add(OASFactory.createSecurityRequirement());
            operation.setSecurity(optional);
        }
    }
}
