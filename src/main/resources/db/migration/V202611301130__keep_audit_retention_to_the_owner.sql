-- A function may be called by every role unless that is taken away, and this one acts as its owner: any role could remove entries
-- after 30 days, whatever retention is configured.
REVOKE EXECUTE ON FUNCTION remove_old_audit_entries(timestamptz, bigint) FROM PUBLIC;
