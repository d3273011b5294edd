-- Operators see how the server would carry out a slow SELECT.

-- The generic plan of one statement, line by line, without carrying it out. A cursor accepts one statement only, whatever the text.
CREATE FUNCTION explain_select(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (GENERIC_PLAN) ' || statement LOOP
        RETURN NEXT line;
    END LOOP;
END $$;
