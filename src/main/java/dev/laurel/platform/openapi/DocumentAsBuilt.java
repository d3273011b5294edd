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
import java.util.EnumMap;
import java.util.Map;

/**
 * Replaces {@link OpenApiDocumentService}, which at each start would parse the finished document and write it again:
 * half of the work of a native start. The features that could change the document there are not used: filters that run
 * after the build, security schemes of the framework, disabled endpoints.
 */
@AsBuilt
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class DocumentAsBuilt {
    private final Map<Format, byte[]> documents = new EnumMap<>(Format.class);

    @AroundInvoke
    Object answer(InvocationContext call) throws Exception {
        return switch (call.getMethod().getName()) {
            case "prepareDocument" -> prepare();
            case "getDocument" -> documents.get((Format) call.getParameters()[1]);
            default -> call.proceed();
        };
    }

    /** At startup, on the main thread: event loops do not read files. */
    private Void prepare() throws IOException {
        for (Format format : Format.values()) {
            documents.put(format, read(OpenApiConstants.BASE_NAME + "." + format));
        }
        return null;
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            return file.readAllBytes();
        }
    }
}
