package dev.laurel.platform.openapi;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before {@link OpenApiDocumentService}, which at each start would read the finished document and write it once more:
 * half of the work of a native start. What could change the document there is not used: filters that run later than the
 * build, security schemes of the framework, endpoints that are switched off.
 */
@AsBuilt
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class DocumentAsBuilt {
    private static final String ASKED = "getDocument";

    private final Map<Format, byte[]> documents = new ConcurrentHashMap<>();

    @AroundInvoke
    Object answer(InvocationContext call) throws IOException {
        return call.getMethod().getName().equals(ASKED) ? document((Format) call.getParameters()[1]) : null;
    }

    private byte[] document(Format format) throws IOException {
        byte[] known = documents.get(format);
        if (known != null) {
            return known;
        }
        String name = OpenApiConstants.BASE_NAME + "." + format;
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            byte[] document = file.readAllBytes();
            documents.put(format, document);
            return document;
        }
    }
}
