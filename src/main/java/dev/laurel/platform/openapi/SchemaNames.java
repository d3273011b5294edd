package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Gives schemas names that suit the classes of a client: none of them reveals the names of our own classes. */
final class SchemaNames {
    private static final Pattern PAGE = Pattern.compile("PageJson(.+?)(Json)?");
    private static final String SUFFIX = "Json";
    /** The framework numbers classes of the same name in the order in which it encounters them, which varies. */
    private static final Pattern NUMBERED = Pattern.compile("(.*\\D)\\d");

    private SchemaNames() {}

    static void apply(OpenAPI document) {
        Map<String, Schema> named = document.getComponents().getSchemas();
        Map<String, String> names = new TreeMap<>();
        named.keySet().forEach(name -> {
            String plain = plain(name, named);
            if (!plain.equals(name) && !named.containsKey(plain) && !names.containsValue(plain)) {
                names.put(name, plain);
            }
        });
        Map<String, Schema> renamed = new TreeMap<>();
        named.forEach((name, schema) -> renamed.put(names.getOrDefault(name, name), schema));
        document.getComponents().setSchemas(new LinkedHashMap<>(renamed));
        Schemas.replaceAll(document, schema -> {
            String name = Schemas.referred(schema);
            if (name != null && names.containsKey(name)) {
                schema.setRef(Schemas.PREFIX + names.get(name));
            }
            return schema;
        });
    }

    private static String plain(String name, Map<String, Schema> named) {
        var page = PAGE.matcher(name);
        if (page.matches()) {
            return page.group(1) + "Page";
        }
        var numbered = NUMBERED.matcher(name);
        String base = numbered.matches() ? numbered.group(1) : name;
        if (named.containsKey(base + 1)) {
            return ownerOf(name, named);
        }
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Named after the field that has it: {@code BoardReceipt.status} makes it {@code BoardReceiptStatus}. */
    private static String ownerOf(String name, Map<String, Schema> named) {
        for (Map.Entry<String, Schema> owner : new TreeMap<>(named).entrySet()) {
            if (owner.getValue().getProperties() != null) {
                for (Map.Entry<String, Schema> field :
                        owner.getValue().getProperties().entrySet()) {
                    if (refersTo(field.getValue(), name)) {
                        return owner.getKey()
                                + Character.toUpperCase(field.getKey().charAt(0))
                                + field.getKey().substring(1);
                    }
                }
            }
        }
        return name;
    }

    private static boolean refersTo(Schema schema, String name) {
        return name.equals(Schemas.referred(schema))
                || schema.getAllOf() != null
                        && schema.getAllOf().stream().anyMatch(part -> name.equals(Schemas.referred(part)));
    }
}
