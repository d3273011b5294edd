package dev.laurel.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

import java.util.List;

/** How strictly JSON is read: anything that would have to be guessed, or would lose part of the input, is refused. */
@Singleton
class JsonRules implements ObjectMapperCustomizer {
    /** The deepest document of the interface has nine levels; the JSON that players submit to challenges may have some more. */
    private static final int MAX_DEPTH = 64;

    private static final List<CoercionInputShape> NO_NUMBER =
            List.of(CoercionInputShape.String, CoercionInputShape.EmptyString, CoercionInputShape.Boolean);
    private static final List<CoercionInputShape> NO_TEXT =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        // With two values for one field the intended one is unknown.
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        // No list or map of the interface may contain null.
        mapper.setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
        mapper.registerModule(new SimpleModule("texts").addDeserializer(String.class, new TextReader()));
        refuse(mapper, LogicalType.Integer, NO_NUMBER);
        refuse(mapper, LogicalType.Textual, NO_TEXT);
    }

    private static void refuse(ObjectMapper mapper, LogicalType wanted, List<CoercionInputShape> given) {
        given.forEach(shape -> mapper.coercionConfigFor(wanted).setCoercion(shape, CoercionAction.Fail));
    }
}
