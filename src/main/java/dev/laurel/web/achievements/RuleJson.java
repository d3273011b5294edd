package dev.laurel.web.achievements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.achievement.rule.Rule;
import dev.laurel.achievement.rule.Rule.Combined;
import dev.laurel.shared.Period;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.List;

/** The JSON form of a rule. */
@Schema(name = "AchievementRule")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleJson(
        Measure measure,
        String board,
        String tag,
        Period period,
        @Schema(type = SchemaType.NUMBER) BigDecimal min,
        @Schema(type = SchemaType.NUMBER) BigDecimal max,
        List<RuleJson> all,
        List<RuleJson> any) {
    static RuleJson of(Rule rule) {
        if (rule instanceof Combined combined) {
            List<RuleJson> parts = combined.parts().stream().map(RuleJson::of).toList();
            boolean isAll = combined.kind() == Combined.Kind.ALL;
            return new RuleJson(null, null, null, null, null, null, isAll ? parts : null, isAll ? null : parts);
        }
        Condition one = (Condition) rule;
        return new RuleJson(
                one.measure(),
                one.board(),
                one.tag(),
                one.period(),
                one.less() ? null : one.bound(),
                one.less() ? one.bound() : null,
                null,
                null);
    }
}
