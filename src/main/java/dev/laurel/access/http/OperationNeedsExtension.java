package dev.laurel.access.http;

import dev.laurel.access.RequiresScope;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs in the build, which finds it in {@code META-INF/services}: collects what each operation needs, refuses the build when one
 * does not say it, and provides it to the program as a bean. So no reflection is needed at run time, natively either.
 */
public class OperationNeedsExtension implements BuildCompatibleExtension {
    private static final String LINES = "lines";
    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, HEAD.class, POST.class, PUT.class, PATCH.class, DELETE.class, OPTIONS.class);

    private final List<String> lines = new ArrayList<>();

    /** Called for every bean; only resources have a path. */
    @Registration(types = Object.class)
    public void read(BeanInfo bean, Messages messages) {
        ClassInfo resource = bean.declaringClass();
        if (bean.isClassBean() && resource.hasAnnotation(Path.class)) {
            resource.methods().stream()
                    .filter(OperationNeedsExtension::isOperation)
                    .forEach(method -> {
                        AnnotationInfo needs = needs(resource, method);
                        if (needs == null) {
                            messages.error(
                                    resource.name() + "." + method.name() + " does not say what scope it requires");
                        } else {
                            lines.add(line(resource, method, needs));
                        }
                    });
        }
    }

    private static boolean isOperation(MethodInfo method) {
        return METHODS.stream().anyMatch(method::hasAnnotation);
    }

    private static AnnotationInfo needs(ClassInfo resource, MethodInfo method) {
        return method.hasAnnotation(RequiresScope.class)
                ? method.annotation(RequiresScope.class)
                : resource.hasAnnotation(RequiresScope.class) ? resource.annotation(RequiresScope.class) : null;
    }

    private static String line(ClassInfo resource, MethodInfo method, AnnotationInfo needs) {
        List<String> parts = new ArrayList<>(List.of(
                resource.name(),
                method.name(),
                Boolean.toString(isSet(needs, "withinBoards")),
                Boolean.toString(isSet(needs, "ofService"))));
        needs.value().asArray().forEach(scope -> parts.add(scope.asEnumConstant()));
        return String.join(OperationNeeds.SEPARATOR, parts);
    }

    private static boolean isSet(AnnotationInfo needs, String member) {
        return needs.hasMember(member) && needs.member(member).asBoolean();
    }

    /** Provides what was collected as a bean. */
    @Synthesis
    public void provide(SyntheticComponents components) {
        components
                .addBean(OperationNeeds.class)
                .type(OperationNeeds.class)
                .scope(Singleton.class)
                .createWith(Creator.class)
                .withParam(LINES, lines.stream().sorted().toArray(String[]::new));
    }

    /** Creates the bean at startup. */
    public static class Creator implements SyntheticBeanCreator<OperationNeeds> {
        @Override
        public OperationNeeds create(Instance<Object> lookup, Parameters parameters) {
            return new OperationNeeds(parameters.get(LINES, String[].class));
        }
    }
}
