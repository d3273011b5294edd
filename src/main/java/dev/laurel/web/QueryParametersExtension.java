package dev.laurel.web;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.lang.model.AnnotationTarget;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs in the build, which finds it in {@code META-INF/services}: collects the query parameters that each operation
 * declares, and provides them to the program as a bean. So no reflection is needed at run time, natively either.
 */
public class QueryParametersExtension implements BuildCompatibleExtension {
    private static final String LINES = "lines";

    private final List<String> lines = new ArrayList<>();

    /** Called for every bean; only resources have a path. */
    @Registration(types = Object.class)
    public void read(BeanInfo bean) {
        ClassInfo resource = bean.declaringClass();
        if (bean.isClassBean() && resource.hasAnnotation(Path.class)) {
            resource.methods().stream()
                    .filter(method -> Modifier.isPublic(method.modifiers()) && !method.isConstructor())
                    .forEach(method -> lines.add(line(resource, method)));
        }
    }

    private static String line(ClassInfo resource, MethodInfo method) {
        Set<String> names = new TreeSet<>();
        for (ParameterInfo parameter : method.parameters()) {
            addName(names, parameter);
            if (parameter.hasAnnotation(BeanParam.class)) {
                parameter.type().asClass().declaration().fields().forEach(field -> addName(names, field));
            }
        }
        names.add("");
        return QueryParameters.operation(resource.name(), method.name())
                + String.join(QueryParameters.SEPARATOR, names);
    }

    private static void addName(Set<String> names, AnnotationTarget declared) {
        if (declared.hasAnnotation(QueryParam.class)) {
            names.add(declared.annotation(QueryParam.class).value().asString());
        }
    }

    /** Provides the collected parameters as a bean. */
    @Synthesis
    public void provide(SyntheticComponents components) {
        components
                .addBean(QueryParameters.class)
                .type(QueryParameters.class)
                .scope(Singleton.class)
                .createWith(Creator.class)
                .withParam(LINES, lines.stream().sorted().toArray(String[]::new));
    }

    /** Creates the bean at startup. */
    public static class Creator implements SyntheticBeanCreator<QueryParameters> {
        @Override
        public QueryParameters create(Instance<Object> lookup, Parameters parameters) {
            return new QueryParameters(parameters.get(LINES, String[].class));
        }
    }
}
