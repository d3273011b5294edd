-- Boards can get metrics later, and metrics can follow from others. A standing keeps the values of all metrics of its board in
-- the order of their numbers; of a metric that it has no value of, and of every derived one, it keeps null for value and
-- instant. Derived values are made where standings are read: by derived_score and derived_at, which follow from the row, the
-- definition and the player's baseline alone.
ALTER TABLE board
    -- how derived metrics are defined (board.rules.RulesJson); null where there are none
    ADD COLUMN derived          text,
    -- the same for the functions below: for each derived metric its number, the number of its terms, and for each term the number
    -- of a metric, its weight, and 1 where the gain of that metric counts, else 0
    ADD COLUMN derivations      numeric[],
    -- how many metrics a submission has to name, those that the board had before its first event; null for all
    ADD COLUMN required_metrics smallint;

-- How many metrics the board had when the window was archived; null where that was before this was kept.
ALTER TABLE board_window ADD COLUMN metrics smallint;

-- What a player had when a season began, from which gains count: by the number of the metric, null where there is nothing.
CREATE TABLE season_baseline (
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    -- key of the season's first generation
    season_key bigint      NOT NULL,
    player_id  text        NOT NULL COLLATE "C",
    amounts    bigint[]    NOT NULL,
    changed_at timestamptz NOT NULL,
    -- serves: the baseline of some players, and all of a season in the order of their ids
    PRIMARY KEY (board_id, season_key, player_id)
);
-- serves: the removal of an erased player
CREATE INDEX season_baseline_player ON season_baseline (tenant_id, player_id);

-- The same as the public is shown it while its board is frozen.
CREATE TABLE frozen_baseline (
    tenant_id  smallint NOT NULL DEFAULT 1,
    board_id   integer  NOT NULL,
    freeze_no  integer  NOT NULL,
    season_key bigint   NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    amounts    bigint[] NOT NULL,
    PRIMARY KEY (board_id, freeze_no, season_key, player_id)
);
-- serves: the removal of an erased player
CREATE INDEX frozen_baseline_player ON frozen_baseline (tenant_id, player_id);

-- The terms of a derived metric; null for any other.
CREATE FUNCTION derived_terms(derivations numeric[], in_metric integer) RETURNS numeric[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    at integer := 1;
BEGIN
    WHILE at < cardinality(derivations) LOOP
        IF derivations[at] = in_metric THEN
            RETURN derivations[at + 2 : at + 1 + 3 * derivations[at + 1]::integer];
        END IF;
        at := at + 2 + 3 * derivations[at + 1]::integer;
    END LOOP;
    RETURN NULL;
END $$;

-- The sum of the terms that a standing has values for, rounded half away from zero; null when it has none. A gain is there when
-- both the value and the baseline are.
CREATE FUNCTION derived_sum(terms numeric[], score bigint, more bigint[], base bigint[]) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    total numeric;
    metric integer;
    amount bigint;
BEGIN
    FOR n IN 1 .. cardinality(terms) BY 3 LOOP
        metric := terms[n];
        amount := CASE metric WHEN 0 THEN score ELSE more[2 * metric - 1] END;
        IF terms[n + 2] = 1 THEN
            amount := amount - base[metric + 1];
        END IF;
        IF amount IS NOT NULL THEN
            total := coalesce(total, 0) + terms[n + 1] * amount;
        END IF;
    END LOOP;
    RETURN round(total);
END $$;

-- The same as a score. What would leave the exact range has been refused where it could be; elsewhere it is the bound.
CREATE FUNCTION derived_score(terms numeric[], score bigint, more bigint[], base bigint[]) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    total numeric := derived_sum(terms, score, more, base);
BEGIN
    RETURN CASE WHEN total IS NOT NULL THEN greatest(-9007199254740991, least(9007199254740991, total)) END;
END $$;

-- When it was reached: with the last of its values. When a baseline came does not matter.
CREATE FUNCTION derived_at(terms numeric[], reached_at bigint, more bigint[], base bigint[]) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    latest bigint;
    metric integer;
BEGIN
    FOR n IN 1 .. cardinality(terms) BY 3 LOOP
        metric := terms[n];
        IF terms[n + 2] = 0 OR base[metric + 1] IS NOT NULL THEN
            latest := greatest(latest, CASE metric WHEN 0 THEN reached_at ELSE more[2 * metric] END);
        END IF;
    END LOOP;
    RETURN latest;
END $$;

-- Both of one standing, where many are read: its terms are gone through once.
CREATE FUNCTION derived_standing(
    terms numeric[], score bigint, reached_at bigint, more bigint[], base bigint[], OUT value bigint, OUT at bigint)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    total numeric;
    metric integer;
    amount bigint;
BEGIN
    FOR n IN 1 .. cardinality(terms) BY 3 LOOP
        metric := terms[n];
        amount := CASE metric WHEN 0 THEN score ELSE more[2 * metric - 1] END;
        IF terms[n + 2] = 1 THEN
            amount := amount - base[metric + 1];
        END IF;
        IF amount IS NOT NULL THEN
            total := coalesce(total, 0) + terms[n + 1] * amount;
        END IF;
        IF terms[n + 2] = 0 OR base[metric + 1] IS NOT NULL THEN
            at := greatest(at, CASE metric WHEN 0 THEN reached_at ELSE more[2 * metric] END);
        END IF;
    END LOOP;
    value := CASE WHEN total IS NOT NULL THEN greatest(-9007199254740991, least(9007199254740991, round(total))) END;
END $$;

-- The further metrics of a standing as they are shown: all of them, the derived ones included. `exact` refuses a derived value
-- beyond the exact range.
CREATE FUNCTION shown_more(
    derivations numeric[], metrics integer, score bigint, reached_at bigint, more bigint[], base bigint[], exact boolean)
RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    shown bigint[] := more;
    lacking integer := 2 * (metrics - 1) - coalesce(cardinality(more), 0);
    at integer := 1;
    terms numeric[];
    metric integer;
BEGIN
    IF lacking > 0 THEN
        shown := coalesce(shown, '{}') || array_fill(NULL::bigint, ARRAY[lacking]);
    END IF;
    WHILE at < cardinality(derivations) LOOP
        metric := derivations[at];
        terms := derivations[at + 2 : at + 1 + 3 * derivations[at + 1]::integer];
        IF exact AND abs(derived_sum(terms, score, more, base)) > 9007199254740991 THEN
            RAISE EXCEPTION 'metric % would leave the exact range', metric USING ERRCODE = 'LB014';
        END IF;
        shown[2 * metric - 1] := derived_score(terms, score, more, base);
        shown[2 * metric] := derived_at(terms, reached_at, more, base);
        at := at + 2 + 3 * derivations[at + 1]::integer;
    END LOOP;
    RETURN shown;
END $$;

-- What gains of a player count from in a window; null where there is nothing, as in every window that is no season.
CREATE FUNCTION baseline_of(in_board integer, in_period smallint, in_key bigint, in_player text) RETURNS bigint[]
LANGUAGE sql STABLE AS $$
    SELECT l.amounts FROM season_baseline l
    WHERE in_period = 6 AND l.board_id = in_board AND l.season_key = (in_key & -1024) AND l.player_id = in_player
$$;

-- As before; without those who have no value of the metric, and with derived values.
CREATE OR REPLACE FUNCTION window_standings(in_board integer, in_period smallint, in_key bigint, in_metric smallint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, version bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    slot text := substr('dwmyas', in_period, 1);
    terms numeric[] := CASE WHEN in_metric > 0
        THEN (SELECT derived_terms(b.derivations, in_metric) FROM board b WHERE b.id = in_board) END;
    own_score text := CASE in_metric WHEN 0 THEN format('s.%s_score', slot) ELSE format('s.%s_more[%s]', slot, 2 * in_metric - 1) END;
    own_at text := CASE in_metric WHEN 0 THEN format('s.%s_at', slot) ELSE format('s.%s_more[%s]', slot, 2 * in_metric) END;
    past_score text := CASE in_metric WHEN 0 THEN 'w.score' ELSE format('w.more[%s]', 2 * in_metric - 1) END;
    past_at text := CASE in_metric WHEN 0 THEN 'w.reached_at' ELSE format('w.more[%s]', 2 * in_metric) END;
    base text := '';
BEGIN
    IF terms IS NOT NULL THEN
        own_score := format('derived_score($4, s.%1$s_score, s.%1$s_more, l.amounts)', slot);
        own_at := format('derived_at($4, s.%1$s_at, s.%1$s_more, l.amounts)', slot);
        past_score := 'derived_score($4, w.score, w.more, l.amounts)';
        past_at := 'derived_at($4, w.reached_at, w.more, l.amounts)';
        base := CASE in_period
            WHEN 6 THEN ' LEFT JOIN season_baseline l ON l.board_id = $1 AND l.season_key = ($3 & -1024) AND l.player_id = s.player_id'
            ELSE ' CROSS JOIN (SELECT NULL::bigint[] AS amounts) l' END;
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT a.* FROM (
             SELECT s.player_id, %2$s AS score, %3$s, s.version FROM standing s %6$s
             WHERE s.board_id = $1 AND s.%1$s_window = $3
             UNION ALL
             SELECT w.player_id, %4$s, %5$s, s.version FROM window_standing w
             JOIN standing s ON s.board_id = w.board_id AND s.player_id = w.player_id %6$s
             WHERE w.board_id = $1 AND w.period = $2 AND w.window_key = $3) a' || CASE WHEN in_metric > 0
             THEN ' WHERE a.score IS NOT NULL' ELSE '' END,
        slot, own_score, own_at, past_score, past_at, base)
    USING in_board, in_period, in_key, terms;
END $$;

-- As before: score and instant of each metric, null for those the player has no value of.
CREATE OR REPLACE FUNCTION player_scores(in_board integer, in_period smallint, in_key bigint, in_player text) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    slot text := substr('dwmyas', in_period, 1);
    definition board;
    own record;
BEGIN
    EXECUTE format(
        'SELECT s.%1$s_score AS score, s.%1$s_at AS reached_at, s.%1$s_more AS more FROM standing s
         WHERE s.board_id = $1 AND s.player_id = $4 AND s.%1$s_window = $3
         UNION ALL
         SELECT w.score, w.reached_at, w.more FROM window_standing w
         WHERE w.board_id = $1 AND w.period = $2 AND w.window_key = $3 AND w.player_id = $4', slot)
    INTO own USING in_board, in_period, in_key, in_player;
    IF own.score IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    RETURN ARRAY[own.score, own.reached_at] || shown_more(
        definition.derivations, cardinality(string_to_array(definition.metrics, ',')), own.score, own.reached_at, own.more,
        baseline_of(in_board, in_period, in_key, in_player), false);
END $$;

-- The scores of a rolling window by one metric, of some players or, with null, of all who take a rank. A day in which a player is
-- disqualified does not count; one that was closed while its player took no rank still counts when the player is back. Each day's
-- standing is taken as one submission: days are added up, the best of them counts, or the latest does. A sum beyond the exact
-- range is shown as its bound. Scores were reached when the latest day that changed the sum was; with the best or the latest day,
-- when that day's was.
--
-- A derived metric is the weighted sum of what the days come to by its terms; gains count in seasons alone. With the best, the
-- best day by the first metric decides, whether or not it has a value of the metric.
CREATE OR REPLACE FUNCTION rolling_scores(
    in_board integer, in_from bigint, in_to bigint, in_metric smallint, in_players text[])
RETURNS TABLE (player_id text, score bigint, reached_at bigint)
LANGUAGE plpgsql STABLE ROWS 100000 AS $$
DECLARE
    definition board;
    terms numeric[];
    closed bigint[];
    running bigint[];
    chosen text := CASE WHEN in_players IS NULL THEN '' ELSE ' AND x.player_id = ANY ($4)' END
        || ' AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = $6 AND o.player_id = x.player_id)';
    own_score text := CASE in_metric WHEN 0 THEN 'x.d_score' ELSE format('x.d_more[%s]', 2 * in_metric - 1) END;
    own_at text := CASE in_metric WHEN 0 THEN 'x.d_at' ELSE format('x.d_more[%s]', 2 * in_metric) END;
    past_score text := CASE in_metric WHEN 0 THEN 'x.score' ELSE format('x.more[%s]', 2 * in_metric - 1) END;
    past_at text := CASE in_metric WHEN 0 THEN 'x.reached_at' ELSE format('x.more[%s]', 2 * in_metric) END;
    -- of an archived day: with the best, a submission is kept as a whole by its first metric
    final_day text := 'SELECT x.player_id, x.window_key, x.score, x.score, x.reached_at, coalesce(x.idle, false)
        FROM %1$s x WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($3) AND x.metric = $5';
    counted text := '';
    combined text;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    terms := derived_terms(definition.derivations, in_metric);
    IF terms IS NOT NULL THEN
        RETURN QUERY
        SELECT l.player_id, greatest(-9007199254740991, least(9007199254740991, round(sum(t.weight * l.score))))::bigint,
            max(l.reached_at)
        FROM (SELECT terms[3 * n - 2]::smallint AS metric, terms[3 * n - 1] AS weight
              FROM generate_series(1, cardinality(terms) / 3) AS n WHERE terms[3 * n] = 0) t
        CROSS JOIN LATERAL rolling_scores(in_board, in_from, in_to, t.metric, in_players) l
        GROUP BY l.player_id;
        RETURN;
    END IF;
    SELECT array_agg(w.window_key) FILTER (WHERE w.state = 'CLOSED'), array_agg(w.window_key) FILTER (WHERE w.state <> 'CLOSED')
    INTO closed, running FROM board_window w
    WHERE w.board_id = in_board AND w.period = 1 AND w.window_key >= in_from AND w.window_key < in_to;

    IF in_metric > 0 AND definition.operator = 'BEST' THEN
        final_day := 'SELECT x.player_id, x.window_key, x.score, z.score, z.reached_at, false
            FROM %1$s x LEFT JOIN %1$s z ON z.board_id = $1 AND z.player_id = x.player_id AND z.period = 1
                AND z.window_key = x.window_key AND z.metric = $5
            WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($3) AND x.metric = 0';
    ELSIF in_metric > 0 THEN
        counted := ' WHERE d.score IS NOT NULL';
    END IF;
    combined := CASE definition.operator
        WHEN 'SUM' THEN
            'SELECT d.player_id, greatest(-9007199254740991, least(9007199254740991, sum(d.score)))::bigint,
                    coalesce(max(d.reached_at) FILTER (WHERE NOT d.idle), min(d.reached_at))
             FROM day d' || counted || ' GROUP BY d.player_id'
        WHEN 'BEST' THEN format(
            'SELECT l.* FROM (SELECT DISTINCT ON (d.player_id) d.player_id, d.score, d.reached_at
             FROM day d ORDER BY d.player_id, d.first_score %s, d.day) l WHERE l.score IS NOT NULL', definition.sort_order)
        ELSE
            'SELECT DISTINCT ON (d.player_id) d.player_id, d.score, d.reached_at
             FROM day d' || counted || ' ORDER BY d.player_id, d.day DESC' END;
    RETURN QUERY EXECUTE format(
        'WITH day AS (
             SELECT x.player_id, x.d_window AS day, x.d_score AS first_score, %1$s AS score, %2$s AS reached_at,
                 is_idle(x.d_idle, $5) AS idle
             FROM standing x WHERE x.board_id = $1 AND x.d_window = ANY ($2) %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.d_window AND q.player_id = x.player_id)
             UNION ALL
             SELECT x.player_id, x.window_key, x.score, %4$s, %5$s, is_idle(x.idle, $5)
             FROM window_standing x WHERE x.board_id = $1 AND x.period = 1 AND x.window_key = ANY ($2) %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.window_key AND q.player_id = x.player_id)
             UNION ALL
             %6$s %3$s
             UNION ALL
             %7$s %3$s
               AND NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = $1 AND q.period = 1
                               AND q.window_key = x.window_key AND q.player_id = x.player_id))
         %8$s', own_score, own_at, chosen, past_score, past_at, format(final_day, 'final_standing'),
         format(final_day, 'barred_standing'), combined)
    USING in_board, running, closed, in_players, in_metric::integer, definition.tenant_id;
END $$;

-- What has been counted for a window, by one metric, derived ones included, of the players who have a value of it; and whether
-- the player is disqualified there.
CREATE OR REPLACE FUNCTION filled_by_metric(in_window board_window, in_metric integer)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, idle boolean, barred boolean)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    terms numeric[] := (SELECT derived_terms(b.derivations, in_metric) FROM board b WHERE b.id = in_window.board_id);
BEGIN
    -- Not in SQL, which would want the functions of R__apply_scores.sql now.
    RETURN QUERY
    SELECT a.* FROM (
        SELECT f.player_id,
            CASE WHEN terms IS NOT NULL THEN derived_score(terms, f.score, f.more, l.amounts)
                 WHEN in_metric = 0 THEN f.score ELSE f.more[2 * in_metric - 1] END AS score,
            CASE WHEN terms IS NOT NULL THEN derived_at(terms, f.reached_at, f.more, l.amounts)
                 WHEN in_metric = 0 THEN f.reached_at ELSE f.more[2 * in_metric] END,
            CASE WHEN in_window.period = 1 AND is_idle(f.idle, in_metric) THEN true END,
            EXISTS (SELECT FROM disqualification q
                    WHERE q.board_id = f.board_id AND q.period = f.period AND q.window_key = f.window_key
                      AND q.player_id = f.player_id)
        FROM filled_standing f
        LEFT JOIN season_baseline l ON in_window.period = 6 AND l.board_id = f.board_id
            AND l.season_key = (f.window_key & -1024) AND l.player_id = f.player_id
        WHERE f.board_id = in_window.board_id AND f.period = in_window.period AND f.window_key = in_window.window_key) a
    WHERE a.score IS NOT NULL;
END $$;

-- A sum as a score; nothing stays nothing. Beyond the exact range it is the bound, where all players are counted; of one player
-- it is refused.
CREATE OR REPLACE FUNCTION exact_sum(in_sum numeric, in_player text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF in_player IS NOT NULL AND abs(in_sum) > 9007199254740991 THEN
        RAISE EXCEPTION 'a sum would leave the exact range' USING ERRCODE = 'LB006';
    END IF;
    RETURN CASE WHEN in_sum IS NOT NULL THEN greatest(-9007199254740991, least(9007199254740991, in_sum)) END;
END $$;

-- The standings of a window as its events in the ledger make them, by the operator of the board; of one player, or with null of
-- all. Where a submission may leave out metrics, the latest value of each is that of the last event that has one. See
-- R__apply_scores.sql.
CREATE OR REPLACE FUNCTION ledger_standings(in_window board_window, in_player text, up_to bigint)
RETURNS TABLE (player_id text, score bigint, reached_at bigint, more bigint[], idle integer)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    definition board;
    further integer;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_window.board_id;
    further := cardinality(string_to_array(definition.metrics, ',')) - 1;
    IF definition.operator = 'SUM' THEN
        RETURN QUERY
        WITH e AS MATERIALIZED (
            SELECT * FROM ledger_events(in_window, true, in_player, up_to)
        ), first AS (
            SELECT e.player_id, exact_sum(sum(e.score), in_player) AS score,
                coalesce(max(e.occurred_ms) FILTER (WHERE e.score <> 0), min(e.occurred_ms)) AS reached_at,
                bool_and(e.score = 0)::integer AS idle
            FROM e GROUP BY e.player_id
        ), each AS (
            SELECT e.player_id, k, exact_sum(sum(e.more[2 * k - 1]), in_player) AS score,
                coalesce(max(e.more[2 * k]) FILTER (WHERE e.more[2 * k - 1] <> 0), min(e.more[2 * k])) AS reached_at,
                bool_and(e.more[2 * k - 1] = 0)::integer << k AS idle
            FROM e CROSS JOIN generate_series(1, further) AS k GROUP BY e.player_id, k
        ), packed AS (
            SELECT l.player_id, bit_or(l.idle) AS idle,
                array_agg(CASE n WHEN 0 THEN l.score ELSE l.reached_at END ORDER BY l.k, n) AS more
            FROM each l CROSS JOIN generate_series(0, 1) AS n GROUP BY l.player_id
        )
        SELECT f.player_id, f.score, f.reached_at, p.more, nullif(f.idle | coalesce(p.idle, 0), 0)
        FROM first f LEFT JOIN packed p ON p.player_id = f.player_id;
    ELSIF definition.operator = 'LATEST' AND definition.required_metrics IS NOT NULL THEN
        RETURN QUERY
        WITH e AS MATERIALIZED (
            SELECT l.* FROM (SELECT e.*, max(e.id) FILTER (WHERE e.puts) OVER (PARTITION BY e.player_id) AS put
                             FROM ledger_events(in_window, false, in_player, up_to) e) l
            WHERE l.put IS NULL OR l.id >= l.put
        ), newest AS (
            SELECT DISTINCT ON (e.player_id) e.player_id, e.score, e.occurred_ms FROM e
            ORDER BY e.player_id, e.occurred_ms DESC, e.id DESC
        ), each AS (
            SELECT DISTINCT ON (e.player_id, k) e.player_id, k, e.more[2 * k - 1] AS score, e.more[2 * k] AS reached_at
            FROM e CROSS JOIN generate_series(1, further) AS k WHERE e.more[2 * k - 1] IS NOT NULL
            ORDER BY e.player_id, k, e.occurred_ms DESC, e.id DESC
        )
        SELECT f.player_id, f.score, f.occurred_ms,
            (SELECT array_agg(CASE n WHEN 0 THEN a.score ELSE a.reached_at END ORDER BY g.k, n)
             FROM generate_series(1, further) AS g(k) CROSS JOIN generate_series(0, 1) AS n
             LEFT JOIN each a ON a.player_id = f.player_id AND a.k = g.k),
            NULL::integer
        FROM newest f;
    ELSE
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT ON (l.player_id) l.player_id, l.score, l.occurred_ms, l.more, NULL::integer
             FROM (SELECT e.*, max(e.id) FILTER (WHERE e.puts) OVER (PARTITION BY e.player_id) AS put
                   FROM ledger_events($1, false, $2, $3) e) l
             WHERE l.put IS NULL OR l.id >= l.put
             ORDER BY l.player_id, %s',
            CASE definition.operator
                WHEN 'LATEST' THEN 'l.occurred_ms DESC, l.id DESC'
                ELSE 'l.score ' || definition.sort_order || ', l.occurred_ms, l.id' END)
        USING in_window, in_player, up_to;
    END IF;
END $$;

-- As merged_standing, where either may have no value of a metric.
CREATE OR REPLACE FUNCTION merged_slot(in_rule smallint, past slot_standing, since slot_standing) RETURNS slot_standing
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    merged slot_standing := past;
BEGIN
    IF since.score IS NULL THEN
        RETURN past;
    END IF;
    IF in_rule = 1 THEN
        merged.score := merged_sum(past.score, since.score);
        merged.reached_at := merged_instant(past.reached_at, since.reached_at, is_idle(past.idle, 0), is_idle(since.idle, 0));
        merged.more := (
            SELECT array_agg(CASE WHEN s IS NULL THEN p
                                  WHEN p IS NULL THEN s
                                  WHEN n % 2 = 1 THEN merged_sum(p, s)
                                  ELSE merged_instant(p, s, is_idle(past.idle, (n / 2)::integer),
                                                      is_idle(since.idle, (n / 2)::integer)) END ORDER BY n)
            FROM unnest(past.more, since.more) WITH ORDINALITY AS t(p, s, n));
        merged.idle := combined_idle(past.idle, since.idle, past.more, since.more);
    ELSE
        merged.more := CASE in_rule WHEN 6 THEN latest_more(past.more, since.more)
            ELSE combined_more(in_rule, past.score, since.score, past.reached_at, since.reached_at, past.more,
                               since.more, NULL) END;
        merged.score := combined_score(in_rule, past.score, since.score, past.reached_at, since.reached_at);
        merged.reached_at := combined_instant(in_rule, past.score, since.score, past.reached_at, since.reached_at, false);
    END IF;
    RETURN merged;
END $$;

-- As before, with what gains count from.
CREATE OR REPLACE FUNCTION take_picture(
    in_board integer, in_freeze integer, at timestamptz,
    rolling_periods smallint[], rolling_from bigint[], rolling_to bigint[], rolling_ids text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    own record;
    windows bigint := 0;
BEGIN
    SELECT * INTO definition FROM board WHERE id = in_board;
    INSERT INTO frozen_board (board_id, freeze_no, closings, taken_at)
    VALUES (in_board, in_freeze, definition.closings, at);
    FOR own IN SELECT w.period, w.window_key, w.window_id, NULL::bigint AS window_to FROM board_window w
               WHERE w.board_id = in_board AND w.state <> 'CLOSED'
                 AND NOT EXISTS (SELECT FROM window_fill f WHERE f.board_id = w.board_id AND f.period = w.period
                                 AND f.window_key = w.window_key)
               UNION ALL
               SELECT * FROM unnest(rolling_periods, rolling_from, rolling_ids, rolling_to) LOOP
        INSERT INTO frozen_window (board_id, freeze_no, period, window_key, window_id, players)
        VALUES (in_board, in_freeze, own.period, own.window_key, own.window_id,
                freeze_window(definition, in_freeze, own.period, own.window_key, own.window_to));
        windows := windows + 1;
    END LOOP;
    PERFORM freeze_players(in_board, in_freeze);
    INSERT INTO frozen_baseline (tenant_id, board_id, freeze_no, season_key, player_id, amounts)
    SELECT l.tenant_id, l.board_id, in_freeze, l.season_key, l.player_id, l.amounts
    FROM season_baseline l WHERE l.board_id = in_board;
    RETURN windows;
END $$;

-- Baselines go with their snapshot, or with their board.
CREATE FUNCTION forget_baselines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM frozen_baseline l WHERE l.board_id = OLD.board_id AND l.freeze_no = OLD.freeze_no;
    RETURN NULL;
END $$;
CREATE TRIGGER picture_takes_baselines AFTER DELETE ON frozen_board
    FOR EACH ROW EXECUTE FUNCTION forget_baselines();

-- What an erased player had at the beginning of a season.
CREATE FUNCTION erase_baselines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM season_baseline l WHERE l.tenant_id = OLD.tenant_id AND l.player_id = OLD.player_id;
    DELETE FROM frozen_baseline l WHERE l.tenant_id = OLD.tenant_id AND l.player_id = OLD.player_id;
    RETURN NULL;
END $$;
CREATE TRIGGER erasure_takes_baselines AFTER UPDATE ON erasure
    FOR EACH ROW WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_baselines();

-- A sum that no value of a derived metric exceeds, as an expression over the columns `score` and `more`: of all amounts, whatever
-- their signs, and of all baselines. Floating point is exact enough for it.
CREATE FUNCTION derived_bound(terms numeric[], highest_base bigint, score text, more text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(format('%s * (abs(coalesce(%s, 0))::float8 + %s)', abs(terms[n + 1])::float8,
               CASE terms[n] WHEN 0 THEN score ELSE format('%s[%s]', more, 2 * terms[n]::integer - 1) END,
               CASE terms[n + 2] WHEN 1 THEN highest_base::float8 ELSE 0 END), ' + ')
    FROM generate_series(1, cardinality(terms), 3) AS n
$$;

-- The number of a derived metric, from a certain number on, of which a standing in a window that is not closed is beyond the exact
-- range; null when all are within. Of some players, or of all for null. Only what may be that large is computed exactly.
CREATE FUNCTION derived_beyond(in_board integer, in_players text[], from_metric integer) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
    definition board;
    terms numeric[];
    beyond boolean;
    slots text;
    highest_base bigint;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    IF in_players IS NULL THEN
        highest_base := (
            SELECT max(abs(n.amount)) FROM season_baseline l CROSS JOIN unnest(l.amounts) AS n(amount)
            WHERE l.board_id = in_board);
    ELSE
        -- Joined: a condition on the array would be searched from its start for each of the board's baselines.
        highest_base := (
            SELECT max(abs(n.amount)) FROM unnest(in_players) AS t(player)
            JOIN season_baseline l ON l.tenant_id = definition.tenant_id AND l.player_id = t.player AND l.board_id = in_board
            CROSS JOIN unnest(l.amounts) AS n(amount));
    END IF;
    FOR metric IN greatest(from_metric, 1) .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        terms := derived_terms(definition.derivations, metric);
        CONTINUE WHEN terms IS NULL;
        -- Only seasons have baselines.
        SELECT string_agg(format(
                   ' OR s.%1$s_window IS NOT NULL AND %2$s > 9e15 AND abs(derived_sum($2, s.%1$s_score, s.%1$s_more, %3$s))
                       > 9007199254740991',
                   p.slot, derived_bound(terms, coalesce(highest_base, 0), 's.' || p.slot || '_score', 's.' || p.slot || '_more'),
                   CASE p.slot WHEN 's' THEN 'baseline_of($1, 6::smallint, s.s_window, s.player_id)' ELSE 'NULL' END), '')
        INTO slots FROM unnest(string_to_array('d,w,m,y,a,s', ',')) AS p(slot);
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM standing s WHERE s.board_id = $1 AND ($3 IS NULL OR s.player_id = ANY ($3)) AND (false%s))
                 OR EXISTS (SELECT FROM board_window o
                            JOIN window_standing w ON w.board_id = o.board_id AND w.period = o.period AND w.window_key = o.window_key
                            WHERE o.board_id = $1 AND o.state <> ''CLOSED'' AND ($3 IS NULL OR w.player_id = ANY ($3))
                              AND %s > 9e15
                              AND abs(derived_sum($2, w.score, w.more, baseline_of($1, w.period, w.window_key, w.player_id)))
                                  > 9007199254740991)',
            slots, derived_bound(terms, coalesce(highest_base, 0), 'w.score', 'w.more'))
        INTO beyond USING in_board, terms, in_players;
        IF beyond THEN
            RETURN metric;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- Writes the final rankings of a window that is closing, one for each metric, and marks it closed. Answers the number of ranked
-- players, or null when another replica is at it or has done it. What players who take no rank anywhere have in the window is
-- kept next to its ranking, which stays as it is when they are back. Who they are is decided once: a player who is hidden
-- meanwhile must be in one of the two, and only in one. The default metric comes last, because the number of players is that of
-- its ranking.
CREATE OR REPLACE FUNCTION finish_closing(in_board integer, in_period smallint, in_key bigint, at timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    out_of_all text[];
    counted bigint;
BEGIN
    PERFORM FROM board_window
    WHERE board_id = in_board AND period = in_period AND window_key = in_key AND state = 'CLOSING'
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO definition FROM board WHERE id = in_board;
    out_of_all := unranked_on(definition);

    FOR metric IN REVERSE cardinality(string_to_array(definition.metrics, ',')) - 1 .. 0 LOOP
        INSERT INTO final_standing (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     CASE definition.rank_mode WHEN 'DENSE' THEN dense_rank() OVER (ORDER BY s.score * d.direction) END
                         AS dense
              FROM window_standings(in_board, in_period, in_key, metric::smallint) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
              WHERE NOT EXISTS (SELECT FROM disqualification q
                                WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key
                                  AND q.player_id = s.player_id)
                AND NOT EXISTS (SELECT FROM unnest(out_of_all) AS o(player_id) WHERE o.player_id = s.player_id)
             ) r;
        GET DIAGNOSTICS counted = ROW_COUNT;

        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, q.player_id, s.score, s.reached_at
        FROM disqualification q
        JOIN window_standings(in_board, in_period, in_key, metric::smallint) s ON s.player_id = q.player_id
        WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key;

        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at)
        SELECT in_board, in_period, in_key, metric, o.player_id, s.score, s.reached_at
        FROM unnest(out_of_all) AS o(player_id)
        JOIN window_standings(in_board, in_period, in_key, metric::smallint) s ON s.player_id = o.player_id
        WHERE NOT EXISTS (SELECT FROM disqualification q
                          WHERE q.board_id = in_board AND q.period = in_period AND q.window_key = in_key
                            AND q.player_id = o.player_id);

        IF in_period = 1 AND definition.operator = 'SUM' THEN
            PERFORM mark_idle(in_board, in_key, metric);
        END IF;
    END LOOP;

    DELETE FROM window_standing WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    -- Those that close windows of a board take turns at it, so numbers are visible in their order.
    WITH one AS (UPDATE board SET closings = closings + 1 WHERE id = in_board RETURNING closings)
    UPDATE board_window SET state = 'CLOSED', closed_at = at, players = counted, closing_no = (SELECT closings FROM one),
        metrics = cardinality(string_to_array(definition.metrics, ','))
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;

-- Makes the archive of a window again from all its events in the ledger, those included that were accepted while the board
-- lacked the period. Answers the number of ranked players. Who takes no rank anywhere is barred, and decided once, as in
-- finish_closing.
CREATE OR REPLACE FUNCTION archive_again(in_window board_window) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    in_window.last_event := NULL;
    UPDATE board_window w SET last_event = NULL
    WHERE w.board_id = in_window.board_id AND w.period = in_window.period AND w.window_key = in_window.window_key;
    RETURN archive_counted(in_window);
END $$;

-- Ranks an archive again, by what the ledger has of its window: of one that a reset has ended, up to then.
CREATE FUNCTION archive_counted(in_window board_window) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    out_of_all text[];
    counted bigint;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_window.board_id;
    DELETE FROM final_standing f
    WHERE f.board_id = definition.id AND f.period = in_window.period AND f.window_key = in_window.window_key;
    DELETE FROM barred_standing f
    WHERE f.board_id = definition.id AND f.period = in_window.period AND f.window_key = in_window.window_key;

    INSERT INTO filled_standing (board_id, period, window_key, player_id, score, reached_at, more, idle)
    SELECT definition.id, in_window.period, in_window.window_key, l.player_id, l.score, l.reached_at, l.more, l.idle
    FROM ledger_standings(in_window, NULL, NULL) l;
    out_of_all := ARRAY(
        SELECT u.player_id FROM unranked_player u JOIN filled_standing f
          ON f.board_id = definition.id AND f.period = in_window.period AND f.window_key = in_window.window_key
         AND f.player_id = u.player_id
        WHERE u.tenant_id = definition.tenant_id);
    FOR by_metric IN REVERSE cardinality(string_to_array(definition.metrics, ',')) - 1 .. 0 LOOP
        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at, idle)
        SELECT definition.id, in_window.period, in_window.window_key, by_metric, s.player_id, s.score, s.reached_at, s.idle
        FROM filled_by_metric(in_window, by_metric) s
        WHERE s.barred OR EXISTS (SELECT FROM unnest(out_of_all) AS o(player_id) WHERE o.player_id = s.player_id);
        INSERT INTO final_standing
            (board_id, period, window_key, metric, position, better, rank, player_id, score, reached_at, idle)
        SELECT definition.id, in_window.period, in_window.window_key, by_metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at, r.idle
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     dense_rank() OVER (ORDER BY s.score * d.direction) AS dense
              FROM filled_by_metric(in_window, by_metric) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
              WHERE NOT s.barred
                AND NOT EXISTS (SELECT FROM unnest(out_of_all) AS o(player_id) WHERE o.player_id = s.player_id)) r;
        GET DIAGNOSTICS counted = ROW_COUNT;
    END LOOP;
    DELETE FROM filled_standing f
    WHERE f.board_id = definition.id AND f.period = in_window.period AND f.window_key = in_window.window_key;
    UPDATE board_window w SET players = counted, metrics = cardinality(string_to_array(definition.metrics, ','))
    WHERE w.board_id = definition.id AND w.period = in_window.period AND w.window_key = in_window.window_key;
    RETURN counted;
END $$;

-- As before; the default metric comes last, as in finish_closing.
CREATE OR REPLACE FUNCTION rerank_archive(
    in_board integer, in_period smallint, in_key bigint, in_player text, barring boolean)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    back final_standing[];
    counted bigint;
BEGIN
    SELECT * INTO definition FROM board WHERE id = in_board;
    IF barring THEN
        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at, idle)
        SELECT f.board_id, f.period, f.window_key, f.metric, f.player_id, f.score, f.reached_at, f.idle
        FROM final_standing f
        WHERE f.board_id = in_board AND f.period = in_period AND f.window_key = in_key AND f.player_id = in_player;
    ELSE
        WITH gone AS (
            DELETE FROM barred_standing b
            WHERE b.board_id = in_board AND b.period = in_period AND b.window_key = in_key AND b.player_id = in_player
            RETURNING b.*)
        SELECT array_agg(archived_row(g.player_id, g.score, g.reached_at, g.metric, g.idle)) INTO back FROM gone g;
    END IF;
    FOR by_metric IN REVERSE cardinality(string_to_array(definition.metrics, ',')) - 1 .. 0 LOOP
        counted := rank_archive_again(definition, in_period, in_key, by_metric, in_player, back);
    END LOOP;
    UPDATE board_window SET players = counted
    WHERE board_id = in_board AND period = in_period AND window_key = in_key;
    RETURN counted;
END $$;

-- As before; the default metric comes last, as in finish_closing.
CREATE OR REPLACE FUNCTION freeze_window(definition board, in_freeze integer, in_period smallint, in_key bigint, in_to bigint)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    counted bigint := 0;
BEGIN
    FOR by_metric IN REVERSE cardinality(string_to_array(definition.metrics, ',')) - 1 .. 0 LOOP
        INSERT INTO frozen_standing (
            board_id, freeze_no, period, window_key, metric, position, better, rank, player_id, score, reached_at)
        SELECT definition.id, in_freeze, in_period, in_key, by_metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     CASE definition.rank_mode WHEN 'DENSE' THEN dense_rank() OVER (ORDER BY s.score * d.direction) END
                         AS dense
              FROM (SELECT l.player_id, l.score, l.reached_at
                    FROM live_standings(definition.id, in_period, in_key, by_metric::smallint) l WHERE in_to IS NULL
                    UNION ALL
                    SELECT l.player_id, l.score, l.reached_at
                    FROM rolling_scores(definition.id, in_key, in_to, by_metric::smallint, NULL) l
                    WHERE in_to IS NOT NULL) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
             ) r;
        GET DIAGNOSTICS counted = ROW_COUNT;
    END LOOP;
    RETURN counted;
END $$;

-- Whether an archive has a ranking by a metric: not by one that the board has got since. Where that is not known, whether anybody
-- has a place by it.
CREATE FUNCTION is_archived_by(in_window board_window, in_metric integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT in_metric = 0 OR coalesce(in_metric < in_window.metrics, false) OR EXISTS (
        SELECT FROM final_standing f
        WHERE f.board_id = in_window.board_id AND f.period = in_window.period AND f.window_key = in_window.window_key
          AND f.metric = in_metric)
$$;

-- Gives a player another standing in the archive of a window, or in what is kept of those who are disqualified or take no rank,
-- by each metric of the archive that the player has a value of, derived ones included.
CREATE OR REPLACE FUNCTION recount_archive(
    in_window board_window, in_player text, in_score bigint, in_at bigint, in_more bigint[], in_idle integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    own final_standing[];
    shown bigint[];
    counted bigint;
BEGIN
    SELECT * INTO definition FROM board b WHERE b.id = in_window.board_id;
    IF in_score IS NOT NULL THEN
        shown := shown_more(
            definition.derivations, cardinality(string_to_array(definition.metrics, ',')), in_score, in_at, in_more,
            baseline_of(definition.id, in_window.period, in_window.window_key, in_player), false);
        SELECT array_agg(archived_row(
            in_player, CASE k WHEN 0 THEN in_score ELSE shown[2 * k - 1] END,
            CASE k WHEN 0 THEN in_at ELSE shown[2 * k] END, k,
            CASE WHEN in_window.period = 1 AND is_idle(in_idle, k) THEN true END))
        INTO own
        FROM generate_series(0, cardinality(string_to_array(definition.metrics, ',')) - 1) AS k
        WHERE k = 0 OR shown[2 * k - 1] IS NOT NULL AND is_archived_by(in_window, k);
    END IF;
    IF EXISTS (SELECT FROM disqualification q
               WHERE q.board_id = definition.id AND q.period = in_window.period AND q.window_key = in_window.window_key
                 AND q.player_id = in_player)
       OR EXISTS (SELECT FROM barred_standing s
                  WHERE s.board_id = definition.id AND s.period = in_window.period
                    AND s.window_key = in_window.window_key AND s.player_id = in_player) THEN
        DELETE FROM barred_standing s
        WHERE s.board_id = definition.id AND s.period = in_window.period AND s.window_key = in_window.window_key
          AND s.player_id = in_player;
        INSERT INTO barred_standing (board_id, period, window_key, metric, player_id, score, reached_at, idle)
        SELECT definition.id, in_window.period, in_window.window_key, o.metric, in_player, o.score, o.reached_at, o.idle
        FROM unnest(own) o;
        RETURN;
    END IF;
    FOR by_metric IN REVERSE cardinality(string_to_array(definition.metrics, ',')) - 1 .. 0 LOOP
        counted := rank_archive_again(definition, in_window.period, in_window.window_key, by_metric, in_player, own);
    END LOOP;
    UPDATE board_window w SET players = counted
    WHERE w.board_id = definition.id AND w.period = in_window.period AND w.window_key = in_window.window_key;
END $$;
