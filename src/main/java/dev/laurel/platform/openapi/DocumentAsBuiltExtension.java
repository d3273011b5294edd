package dev.laurel.platform.openapi;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** Runs in the build, which finds it in {@code META-INF/services}: puts {@link DocumentAsBuilt} where it belongs. */
public class DocumentAsBuiltExtension implements BuildCompatibleExtension {
    /**
     * For what is shipped only: with live reload the document changes, and there as in tests other class loaders have what
     * is ours than what is the framework's.
     */
    @Enhancement(types = OpenApiDocumentService.class)
    public void standBefore(ClassConfig service) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            service.addAnnotation(AsBuilt.class);
        }
    }
}
