package dev.laurel.web.auditlog;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs in the build, which finds it in {@code META-INF/services}: collects the operations that only administrators may call and
 * that may change something. So an operation that is added is in the audit log without further work.
 */
public class AuditedOperationsExtension implements BuildCompatibleExtension {
    private static final String LINES = "lines";
    private static final List<Class<? extends Annotation>> CHANGING =
            List.of(POST.class, PUT.class, PATCH.class, DELETE.class);

    private final List<String> lines = new ArrayList<>();

    /** Called for every bean; only resources have a path. */
    @Registration(types = Object.class)
    public void read(BeanInfo bean) {
        ClassInfo resource = bean.declaringClass();
        if (bean.isClassBean() && resource.hasAnnotation(Path.class)) {
            resource.methods().stream()
                    .filter(method -> CHANGING.stream().anyMatch(method::hasAnnotation))
                    .filter(method -> isForAdministrators(resource, method))
                    .forEach(method -> lines.add(
                            String.join(AuditedOperations.SEPARATOR, resource.name(), method.name(), id(method))));
        }
    }

    private static boolean isForAdministrators(ClassInfo resource, MethodInfo method) {
        AnnotationInfo required = method.hasAnnotation(RequiresScope.class)
                ? method.annotation(RequiresScope.class)
                : resource.annotation(RequiresScope.class);
        if (required == null) {
            return false;
        }
        List<AnnotationMember> scopes = required.value().asArray();
        return scopes.size() == 1 && Scope.ADMIN.name().equals(scopes.get(0).asEnumConstant());
    }

    private static String id(MethodInfo method) {
        return method.hasAnnotation(Operation.class)
                ? method.annotation(Operation.class).member("operationId").asString()
                : method.name();
    }

    /** Provides what was collected as a bean. */
    @Synthesis
    public void provide(SyntheticComponents components) {
        components
                .addBean(AuditedOperations.class)
                .type(AuditedOperations.class)
                .scope(Singleton.class)
                .createWith(Creator.class)
                .withParam(LINES, lines.stream().sorted().toArray(String[]::new));
    }

    /** Creates the bean at startup. */
    public static class Creator implements SyntheticBeanCreator<AuditedOperations> {
        @Override
        public AuditedOperations create(Instance<Object> lookup, Parameters parameters) {
            return new AuditedOperations(parameters.get(LINES, String[].class));
        }
    }
}
