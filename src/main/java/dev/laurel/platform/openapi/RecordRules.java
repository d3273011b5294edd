package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Derives from the records that define the schemas what the framework does not: a field of a response is always present
 * unless {@code JsonInclude} may omit it, and a list that refers to a schema is a list of it.
 */
final class RecordRules {
    private static final String OURS = "dev.laurel";
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName INCLUDE = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final DotName NAMING = DotName.createSimple("com.fasterxml.jackson.databind.annotation.JsonNaming");
    private static final Set<String> LISTS = Set.of("java.util.List", "java.util.Set", "java.util.Collection");
    private static final Set<String> BOXED =
            Set.of("java.lang.Long", "java.lang.Integer", "java.lang.Double", "java.lang.Boolean");
    private static final DotName IGNORE = DotName.createSimple("com.fasterxml.jackson.annotation.JsonIgnore");
    private static final String ALWAYS = "ALWAYS";

    private final IndexView classes;

    RecordRules(IndexView classes) {
        this.classes = classes;
    }

    void apply(OpenAPI document) {
        Set<String> asked = References.fromRequests(document);
        document.getComponents().getSchemas().forEach((name, schema) -> {
            ClassInfo type = recordBehind(name, schema);
            if (type != null) {
                lists(schema, type);
                if (!asked.contains(name)) {
                    required(schema, type);
                    nullable(schema, type);
                }
            }
        });
    }

    private ClassInfo recordBehind(String name, Schema schema) {
        if (schema.getProperties() == null) {
            return null;
        }
        List<ClassInfo> candidates = classes.getKnownClasses().stream()
                .filter(type -> type.isRecord() && type.name().toString().startsWith(OURS))
                .filter(type ->
                        fields(type).keySet().equals(schema.getProperties().keySet()))
                .toList();
        return candidates.stream()
                .filter(type -> name.equals(givenName(type)))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(type -> givenName(type) == null && isNamedAfter(type, name))
                        .findFirst())
                .orElse(null);
    }

    private static String givenName(ClassInfo type) {
        AnnotationInstance annotation = type.declaredAnnotation(SCHEMA);
        return annotation == null || annotation.value("name") == null
                ? null
                : annotation.value("name").asString();
    }

    private static boolean isNamedAfter(ClassInfo type, String name) {
        String simple = type.simpleName();
        return type.typeParameters().isEmpty() ? name.equals(simple) : name.startsWith(simple);
    }

    /** The components by their JSON names. */
    private static Map<String, RecordComponentInfo> fields(ClassInfo type) {
        boolean snakeCase = type.declaredAnnotation(NAMING) != null;
        Map<String, RecordComponentInfo> fields = new LinkedHashMap<>();
        for (RecordComponentInfo component : type.recordComponentsInDeclarationOrder()) {
            String name = component.name();
            if (type.field(name).declaredAnnotation(IGNORE) == null) {
                fields.put(snakeCase ? snakeCase(name) : name, component);
            }
        }
        return fields;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static void required(Schema schema, ClassInfo type) {
        List<String> required = new ArrayList<>();
        fields(type).forEach((name, component) -> {
            if (isAlwaysThere(type, component)) {
                required.add(name);
            }
        });
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static boolean isAlwaysThere(ClassInfo type, RecordComponentInfo component) {
        FieldInfo field = type.field(component.name());
        AnnotationInstance include = field.declaredAnnotation(INCLUDE);
        if (include == null) {
            include = type.declaredAnnotation(INCLUDE);
        }
        return component.type().kind() == Type.Kind.PRIMITIVE
                || include == null
                || include.value() == null
                || ALWAYS.equals(include.value().asEnum());
    }

    /** Fields that are always present but may be null: a boxed number or flag that no rule omits. */
    private static void nullable(Schema schema, ClassInfo type) {
        fields(type).forEach((name, component) -> {
            Schema property = schema.getProperties().get(name);
            if (schema.getRequired() != null
                    && schema.getRequired().contains(name)
                    && BOXED.contains(component.type().name().toString())
                    && property.getType() != null
                    && !property.getType().contains(SchemaType.NULL)) {
                property.addType(SchemaType.NULL);
            }
        });
    }

    private static void lists(Schema schema, ClassInfo type) {
        Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
        fields(type).forEach((name, component) -> {
            Schema property = properties.get(name);
            if (property.getRef() != null
                    && LISTS.contains(component.type().name().toString())) {
                properties.put(name, listOf(property));
            }
        });
        schema.setProperties(properties);
    }

    private static Schema listOf(Schema property) {
        return OASFactory.createSchema()
                .addType(SchemaType.ARRAY)
                .description(property.getDescription())
                .items(OASFactory.createSchema().ref(property.getRef()));
    }
}
