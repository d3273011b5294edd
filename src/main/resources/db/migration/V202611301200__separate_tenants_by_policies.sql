-- Row-level security for a role that statements of requests run under (ADR 0080). These functions are called only where such a role
-- is configured; elsewhere no table has a policy. The owner of the tables is subject to none.

-- Shows the role the rows of a table that belong to the tenants in the setting laurel.tenants, for writing, too: none without the
-- setting. May be repeated. Waits for other statements on the table no longer than lock_timeout, which the caller sets.
CREATE FUNCTION separate_tenants_in(kept regclass, requests name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    -- a query of its own, so that it is evaluated once for a statement, and not for each row
    own text := 'tenant_id = ANY ((SELECT nullif(current_setting(''laurel.tenants'', true), '''')::smallint[])::smallint[])';
    about pg_class := (SELECT c FROM pg_class c WHERE c.oid = kept);
    rights text := CASE about.relname
        WHEN 'flyway_schema_history' THEN NULL
        -- the rights of a lock, not those of a change
        WHEN 'tenant' THEN 'SELECT, UPDATE (revision)'
        WHEN 'audit_log' THEN 'SELECT, INSERT'
        WHEN 'audit_outcome' THEN 'SELECT, INSERT'
        ELSE 'SELECT, INSERT, UPDATE, DELETE' END;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = kept AND a.attname = 'tenant_id' AND NOT a.attisdropped) THEN
        own := CASE about.relname
            WHEN 'import_piece' THEN 'EXISTS (SELECT FROM import_file f WHERE f.id = import_piece.file)'
            WHEN 'import_error' THEN 'EXISTS (SELECT FROM import_job j WHERE j.id = import_error.import_no)'
            WHEN 'audit_outcome' THEN 'EXISTS (SELECT FROM audit_log l WHERE l.id = audit_outcome.id)' END;
    END IF;
    IF own IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_policy p WHERE p.polrelid = kept AND p.polname = 'own_tenant'
                AND p.polroles = ARRAY[(SELECT r.oid FROM pg_roles r WHERE r.rolname = requests)]) THEN
        IF EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = kept AND p.polname = 'own_tenant') THEN
            EXECUTE format('DROP POLICY own_tenant ON %s', kept);
        END IF;
        EXECUTE format('CREATE POLICY own_tenant ON %s TO %I USING (%s)', kept, requests, own);
    END IF;
    IF own IS NOT NULL AND NOT about.relrowsecurity THEN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', kept);
    END IF;
    IF rights IS NOT NULL THEN
        EXECUTE format('GRANT %s ON %s TO %I', rights, kept, requests);
    END IF;
END $$;

-- The tables of this schema that requests may use; parts of the ledger are reached through it alone.
CREATE FUNCTION tables_of_requests() RETURNS SETOF regclass LANGUAGE sql STABLE AS $$
    SELECT c.oid::regclass FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> 'flyway_schema_history'
    ORDER BY c.relname
$$;

-- Creates the role if there is none, and lets it use this schema and be taken on by the current one.
CREATE FUNCTION create_role_of_requests(requests name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    -- Two processes that start together.
    PERFORM pg_advisory_xact_lock(hashtextextended('create_role_of_requests', 0));
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = requests) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', requests);
    END IF;
    IF NOT pg_has_role(current_user, requests, 'SET') THEN
        EXECUTE format('GRANT %I TO %I WITH SET TRUE, INHERIT FALSE', requests, current_user);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), requests);
    FOR one IN SELECT c.relname FROM pg_class c
               WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S' LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %I.%I TO %I', current_schema(), one.relname, requests);
    END LOOP;
END $$;

-- Why the policies would not hold for the role, or requests could not work under it; nothing when all is well.
CREATE FUNCTION faults_of_role_of_requests(requests name) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE
    own pg_roles := (SELECT r FROM pg_roles r WHERE r.rolname = requests);
BEGIN
    IF own.oid IS NULL THEN
        RETURN NEXT format('there is no role %s', requests);
        RETURN;
    END IF;
    IF own.rolsuper OR own.rolbypassrls THEN
        RETURN NEXT format('the role %s is not subject to policies: it is a superuser, or has BYPASSRLS', requests);
    END IF;
    IF NOT pg_has_role(current_user, requests, 'SET') THEN
        RETURN NEXT format('%s may not take on the role %s', current_user, requests);
    END IF;
    RETURN QUERY SELECT format('the role %s may take on the role %s', requests, m.roleid::regrole)
        FROM pg_auth_members m WHERE m.member = own.oid;
    RETURN QUERY SELECT format('the role %s owns %s', requests, c.oid::regclass)
        FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relowner = own.oid;
    RETURN QUERY SELECT format('table %s has no policy for the role %s', t, requests)
        FROM tables_of_requests() t JOIN pg_class c ON c.oid = t
        WHERE EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t AND a.attname = 'tenant_id' AND NOT a.attisdropped)
          AND NOT (c.relrowsecurity AND EXISTS (
              SELECT FROM pg_policy p
              WHERE p.polrelid = t AND p.polname = 'own_tenant' AND p.polcmd = '*' AND p.polroles = ARRAY[own.oid]
                AND pg_get_expr(p.polqual, p.polrelid) LIKE '%laurel.tenants%' AND p.polwithcheck IS NULL));
    RETURN QUERY SELECT format('policy %s of table %s may show the role %s more', p.polname, p.polrelid::regclass, requests)
        FROM pg_policy p
        WHERE p.polrelid IN (SELECT t FROM tables_of_requests() t) AND p.polpermissive AND p.polname <> 'own_tenant'
          AND (0::oid = ANY (p.polroles) OR own.oid = ANY (p.polroles));
    RETURN QUERY SELECT format('the role %s may use %s, which is a part of a table', requests, c.oid::regclass)
        FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relispartition AND c.relkind IN ('r', 'p')
          AND has_table_privilege(requests, c.oid, 'SELECT, INSERT, UPDATE, DELETE');
    RETURN QUERY SELECT format('policies of table %s hold for %s, too, which has to own it', t, current_user)
        FROM tables_of_requests() t WHERE row_security_active(t::oid);
    RETURN QUERY SELECT format('the role %s may not %s table %s', requests, r.rights, t)
        FROM tables_of_requests() t JOIN pg_class c ON c.oid = t CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) r (rights)
        WHERE NOT has_table_privilege(requests, t, r.rights)
          AND NOT (c.relname = 'tenant' AND r.rights <> 'SELECT')
          AND NOT (c.relname IN ('audit_log', 'audit_outcome') AND r.rights IN ('UPDATE', 'DELETE'));
    RETURN QUERY SELECT format('the role %s may not use sequence %s', requests, c.oid::regclass)
        FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
          AND CASE c.relkind WHEN 'S' THEN NOT has_sequence_privilege(requests, c.oid, 'USAGE') ELSE false END;
END $$;
