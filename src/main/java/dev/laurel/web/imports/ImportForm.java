package dev.laurel.web.imports;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The form that orders an import, for its documentation: {@link UploadFilter} reads it. */
@Schema(
        name = "ImportForm",
        requiredProperties = {"file", "board", "mode", "reason", "author"})
record ImportForm(
        @Schema(
                description = "A table with a header: CSV with any usual delimiter, line end and encoding; the same "
                        + "compressed as .gz or .zip; or XLSX",
                type = SchemaType.STRING,
                format = "binary",
                examples = "player,score")
        String file,

        @Schema(description = "Id of the board", examples = "sprint")
        String board,

        @Schema(
                description =
                        "What a row is: an event; a player's present values; a player's totals in running windows; "
                                + "or the values from which gains count",
                enumeration = {"EVENTS", "SNAPSHOT", "STANDINGS", "BASELINE"},
                examples = "EVENTS")
        String mode,

        @Schema(description = "Id of the season, for BASELINE only")
        String season,

        @Schema(
                description =
                        "What columns mean, as a JSON object by header; or the name of a saved mapping. Meanings are "
                                + "player, metric:NAME, period:NAME, occurredAt, eventId, displayName, username, avatarUrl, "
                                + "attribute:NAME, tags, activity, outcome, durationMs and ignore. Columns that it does not name "
                                + "mean what their headers suggest",
                examples = "{\"Who\": \"player\", \"Power\": \"metric:power\"}",
                maxLength = 16384)
        String mapping,

        @Schema(description = "Name of the sheet of a spreadsheet; default: the first one")
        String sheet,

        @Schema(
                description = "Check every row and change nothing",
                enumeration = {"true", "false"},
                defaultValue = "false")
        String dryRun,

        @Schema(
                description =
                        "Import nothing if a row is refused; what it was to replace is imported again then, if it was gone",
                enumeration = {"true", "false"},
                defaultValue = "false")
        String atomic,

        @Schema(
                description =
                        "Whether its rows count in addition to those of earlier imports of a file of the same name, "
                                + "or these are undone first",
                enumeration = {"ADD", "REPLACE"},
                defaultValue = "ADD")
        String onChange,

        @Schema(
                description =
                        "Whether rows older than the board accepts, and baselines of a closed season, are refused, or count, "
                                + "and archives of closed windows are ranked again",
                enumeration = {"REFUSE", "REWRITE"},
                defaultValue = "REFUSE")
        String closedWindows,

        @Schema(
                description =
                        "The instant of rows that have none; default: now. Older than the board accepts only with "
                                + "closedWindows=REWRITE",
                format = "date-time")
        String at,

        @Schema(description = "The reason, for the log", maxLength = 500, examples = "Season 4, week 2")
        String reason,

        @Schema(description = "The author, for the log", maxLength = 128, examples = "operator-2")
        String author) {}
