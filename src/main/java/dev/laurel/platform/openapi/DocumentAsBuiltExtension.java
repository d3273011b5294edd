package dev.laurel.platform.openapi;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** Runs in the build, which finds it in {@code META-INF/services}: puts {@link DocumentAsBuilt} where it belongs. */
public class DocumentAsBuiltExtension implements BuildCompatibleExtension {
    @Enhancement(types = OpenApiDocumentService.class)
    public void standBefore(ClassConfig service) {
        service.addAnnotation(AsBuilt.class);
    }
}
