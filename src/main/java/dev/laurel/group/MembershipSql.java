package dev.laurel.group;

/** The statements that change and read memberships. */
final class MembershipSql {
    static final String LOCK = """
            SELECT number FROM player_group WHERE tenant_id = $1 AND kind = $2 AND id = $3 FOR NO KEY UPDATE""";

    /** Returns the date of the membership, and whether it is new. */
    static final String PUT = """
            INSERT INTO membership (tenant_id, group_number, player_id, joined_at)
            VALUES ($1, $2, $3, coalesce($5::timestamptz, $4::timestamptz))
            ON CONFLICT (group_number, player_id) WHERE left_at IS NULL
                DO UPDATE SET joined_at = coalesce($5::timestamptz, membership.joined_at)
            RETURNING joined_at, old.joined_at IS NULL""";

    static final String LEFT_AFTER = """
            SELECT EXISTS (SELECT FROM membership
                           WHERE group_number = $1 AND player_id = $2 AND left_at > $3::timestamptz)""";

    static final String ADD = """
            INSERT INTO membership (tenant_id, group_number, player_id, joined_at)
            SELECT $1, $2, id, $4::timestamptz FROM unnest($3::text[]) AS id
            ON CONFLICT (group_number, player_id) WHERE left_at IS NULL DO NOTHING""";

    static final String REMOVE = """
            UPDATE membership SET left_at = greatest($3::timestamptz, joined_at)
            WHERE group_number = $1 AND player_id = ANY ($2::text[]) AND left_at IS NULL""";

    static final String REMOVE_OTHERS = """
            UPDATE membership m SET left_at = greatest($3::timestamptz, joined_at)
            WHERE group_number = $1 AND left_at IS NULL
              AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS id WHERE id = m.player_id)""";

    static final String COUNT = "SELECT count(*) FROM membership WHERE group_number = $1 AND left_at IS NULL";

    /** The first column is null when there is no such group, the second is the number of members in every row. */
    static final String MEMBERS = """
            SELECT g.number, (SELECT count(*) FROM membership c WHERE c.group_number = g.number AND c.left_at IS NULL),
                m.player_id, m.joined_at
            FROM player_group g
            LEFT JOIN LATERAL (
                SELECT player_id, joined_at FROM membership
                WHERE group_number = g.number AND left_at IS NULL ORDER BY player_id OFFSET $4 LIMIT $5) m ON true
            WHERE g.tenant_id = $1 AND g.kind = $2 AND g.id = $3
            ORDER BY m.player_id""";

    static final String GROUPS_OF_PLAYER = """
            WITH own AS (
                SELECT g.kind, g.id, g.title, m.joined_at
                FROM membership m JOIN player_group g ON g.number = m.group_number
                WHERE m.tenant_id = $1 AND m.player_id = $2 AND m.left_at IS NULL)
            SELECT (SELECT count(*) FROM own), page.*
            FROM (VALUES (1)) AS always(one)
            LEFT JOIN (SELECT * FROM own ORDER BY kind, id OFFSET $3 LIMIT $4) page ON true
            ORDER BY page.kind, page.id""";

    /** One row without a player for a group without members, none without a group. */
    static final String PLAYERS = """
            SELECT m.player_id
            FROM player_group g
            LEFT JOIN LATERAL (
                SELECT player_id FROM membership WHERE group_number = g.number AND left_at IS NULL LIMIT $4) m ON true
            WHERE g.tenant_id = $1 AND g.kind = $2 AND g.id = $3""";

    private MembershipSql() {}
}
