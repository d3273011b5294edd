package dev.laurel.web.body;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs in the build, which finds it in {@code META-INF/services}: collects the operations with {@link MaxBody}, and provides what
 * they say as a bean. So no reflection is needed at run time, natively either.
 */
public class BodyBoundsExtension implements BuildCompatibleExtension {
    private static final String LINES = "lines";

    private final List<String> lines = new ArrayList<>();

    /** Called for every bean; only resources have a path. */
    @Registration(types = Object.class)
    public void read(BeanInfo bean) {
        ClassInfo resource = bean.declaringClass();
        if (bean.isClassBean() && resource.hasAnnotation(Path.class)) {
            resource.methods().stream()
                    .filter(method -> method.hasAnnotation(MaxBody.class))
                    .forEach(method -> lines.add(String.join(
                            BodyBounds.SEPARATOR,
                            resource.name(),
                            method.name(),
                            Integer.toString(
                                    method.annotation(MaxBody.class).value().asInt()))));
        }
    }

    /** Provides what was collected as a bean. */
    @Synthesis
    public void provide(SyntheticComponents components) {
        components
                .addBean(BodyBounds.class)
                .type(BodyBounds.class)
                .scope(Singleton.class)
                .createWith(Creator.class)
                .withParam(LINES, lines.toArray(String[]::new));
    }

    /** Creates the bean at startup. */
    public static class Creator implements SyntheticBeanCreator<BodyBounds> {
        @Override
        public BodyBounds create(Instance<Object> lookup, Parameters parameters) {
            return new BodyBounds(parameters.get(LINES, String[].class));
        }
    }
}
