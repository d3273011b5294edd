package dev.laurel.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * Rewrites what the framework has derived from the code into a document that client generators can process. Runs in the
 * build, over all operations alike, so that an endpoint only states what is particular to it.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = ClientDocument.LAST)
public class ClientDocument implements OASFilter {
    /** After the filters that describe single operations. */
    static final int LAST = 0;

    private final IndexView classes;

    public ClientDocument(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        new RecordRules(classes).apply(document);
        PlainSchemas.apply(document);
        SchemaNames.apply(document);
        BodyRules.apply(document);
        ParameterRules.apply(document);
        SharedResponses.apply(document);
        BodyExamples.apply(document);
    }
}
