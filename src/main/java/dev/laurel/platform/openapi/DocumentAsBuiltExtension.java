package dev.laurel.platform.openapi;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** Runs in the build, which finds it in {@code META-INF/services}, and installs {@link DocumentAsBuilt}. */
public class DocumentAsBuiltExtension implements BuildCompatibleExtension {
    /**
     * For packaged builds only: with live reload the document changes, and there as in tests our classes and the
     * framework's have different class loaders.
     */
    @Enhancement(types = OpenApiDocumentService.class)
    public void standBefore(ClassConfig service) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            service.addAnnotation(AsBuilt.class);
        }
    }
}
