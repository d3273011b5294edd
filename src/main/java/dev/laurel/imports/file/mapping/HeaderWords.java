package dev.laurel.imports.file.mapping;

import dev.laurel.imports.file.mapping.Target.Kind;
import dev.laurel.shared.Ids;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people call the columns of their tables. */
final class HeaderWords {
    /** Names of the column with a player's id, the likeliest first. */
    static final List<String> PLAYER_IDS = List.of(
            "playerid",
            "governorid",
            "userid",
            "memberid",
            "accountid",
            "characterid",
            "lordid",
            "studentid",
            "participantid",
            "driverid",
            "riderid",
            "uid",
            "id");

    /** Names of a column with players that may be their ids or their names. */
    static final List<String> PLAYERS = List.of(
            "player",
            "governor",
            "user",
            "member",
            "account",
            "character",
            "lord",
            "student",
            "participant",
            "driver",
            "rider",
            "athlete",
            "competitor",
            "contestant",
            "spieler",
            "joueur",
            "jugador",
            "giocatore",
            "jogador");

    /** Names of the column with what the first metric counts. */
    static final List<String> SCORES = List.of("score", "points", "point", "pts", "value", "result", "total", "punkte");

    /** Columns that follow from others, also those of an export. */
    static final List<String> DERIVED =
            List.of("rank", "ranking", "place", "position", "pos", "no", "change", "tier", "receivedat");

    private static final Map<Kind, List<String>> FIXED = Map.of(
            Kind.DISPLAY_NAME,
                    List.of(
                            "displayname",
                            "name",
                            "playername",
                            "governorname",
                            "nickname",
                            "nick",
                            "ign",
                            "ingamename",
                            "fullname",
                            "studentname",
                            "membername",
                            "charactername"),
            Kind.USERNAME, List.of("username", "login", "handle", "accountname"),
            Kind.AVATAR_URL, List.of("avatarurl", "avatar", "picture", "pictureurl", "photo", "image", "imageurl"),
            Kind.OCCURRED_AT,
                    List.of(
                            "occurredat",
                            "achievedat",
                            "date",
                            "time",
                            "datetime",
                            "timestamp",
                            "when",
                            "playedat",
                            "createdat",
                            "datum",
                            "fecha",
                            "data"));

    private static final Map<Kind, List<String>> OF_EVENTS = Map.of(
            Kind.EVENT_ID, List.of("eventid", "transactionid", "resultid", "matchid"),
            Kind.TAGS, List.of("tags", "tag"),
            Kind.ACTIVITY, List.of("activity"),
            Kind.OUTCOME, List.of("outcome"),
            Kind.DURATION, List.of("durationms", "duration"));

    private static final Map<String, List<String>> PERIODS = Map.of(
            "daily", List.of("daily", "day", "today"),
            "weekly", List.of("weekly", "week", "thisweek"),
            "monthly", List.of("monthly", "month", "thismonth"),
            "yearly", List.of("yearly", "year", "thisyear"),
            "all_time", List.of("alltime", "total", "overall", "lifetime"),
            "season", List.of("season", "thisseason"));

    private HeaderWords() {}

    /** A name without case, accents, spaces and punctuation. */
    static String plain(String header) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(header, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Null when the word means none of these. */
    static Kind fixed(String word, ImportMode mode) {
        Kind kind = in(FIXED, word);
        return kind == null && mode == ImportMode.EVENTS ? in(OF_EVENTS, word) : kind;
    }

    /** The word for a period in URLs; null for none. */
    static String period(String word) {
        return in(PERIODS, word);
    }

    private static <K> K in(Map<K, List<String>> words, String word) {
        return words.entrySet().stream()
                .filter(entry -> entry.getValue().contains(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** The name of an attribute: the header as it is, or its words in one; null when nothing of it can be a name. */
    static String attribute(String header) {
        if (Ids.isValid(header)) {
            return header;
        }
        String[] words = Normalizer.normalize(header, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .split("[^A-Za-z0-9]+");
        StringBuilder name = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty()) {
                name.append(name.isEmpty() ? small(word) : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
        }
        return Ids.isValid(name.toString()) ? name.toString() : null;
    }

    private static String small(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT))
                ? word.toLowerCase(Locale.ROOT)
                : Character.toLowerCase(word.charAt(0)) + word.substring(1);
    }
}
