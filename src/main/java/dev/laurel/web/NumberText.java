package dev.laurel.web;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * A JSON number as it was written, digit by digit: no binary fraction comes between the client and the exact score.
 *
 * @param text the number's characters
 */
@JsonDeserialize(using = NumberText.Reader.class)
@Schema(type = SchemaType.NUMBER)
public record NumberText(String text) {
    /** In a response: a number again. */
    @JsonValue
    BigDecimal number() {
        return new BigDecimal(text);
    }

    /** The characters, or null where the field was absent. */
    public static String of(NumberText number) {
        return number == null ? null : number.text();
    }

    /** Accepts number tokens only. */
    static final class Reader extends StdDeserializer<NumberText> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(NumberText.class);
        }

        @Override
        public NumberText deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
                return new NumberText(parser.getText());
            }
            throw new InvalidInput(parser.currentName(), "must be a number");
        }
    }
}
