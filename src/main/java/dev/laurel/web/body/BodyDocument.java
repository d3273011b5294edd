package dev.laurel.web.body;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import java.util.HashMap;
import java.util.Map;

/** Says in the OpenAPI document how long the body of each operation may be. Runs in the build. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = BodyDocument.EARLY)
public class BodyDocument implements OASFilter {
    /** Before the document gets its final form. */
    static final int EARLY = 100;

    /** The name of the extension of an operation that has the bytes. */
    static final String MAX_BODY = "x-laurel-max-body";

    private static final String FORM = "multipart/form-data";
    private static final DotName OPERATION =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.Operation");
    private static final DotName BOUND = DotName.createSimple(MaxBody.class.getName());

    private final Map<String, Integer> bounds = new HashMap<>();

    public BodyDocument(IndexView classes) {
        for (AnnotationInstance bound : classes.getAnnotations(BOUND)) {
            AnnotationInstance operation = bound.target().kind() == AnnotationTarget.Kind.METHOD
                    ? bound.target().asMethod().annotation(OPERATION)
                    : null;
            if (operation != null) {
                bounds.put(
                        operation.value("operationId").asString(), bound.value().asInt());
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .map(PathItem::getOperations)
                .flatMap(operations -> operations.values().stream())
                .filter(BodyDocument::hasBody)
                .forEach(this::describe);
    }

    /** A file has a bound of its own, which is configured. */
    private static boolean hasBody(Operation operation) {
        return operation.getRequestBody() != null
                && operation.getRequestBody().getContent() != null
                && !operation.getRequestBody().getContent().hasMediaType(FORM);
    }

    private void describe(Operation operation) {
        operation.addExtension(MAX_BODY, bounds.getOrDefault(operation.getOperationId(), MaxBody.DEFAULT));
    }
}
