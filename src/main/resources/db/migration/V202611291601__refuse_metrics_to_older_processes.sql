-- Processes of versions without derived and later metrics cannot read or write boards that have them. They are refused their events
-- (R__apply_scores.sql); and while one of them runs, no board gets such metrics.

-- What the program of a process knows: 1 for derived and later metrics. Older programs leave it out.
ALTER TABLE replica ADD COLUMN knows smallint NOT NULL DEFAULT 0;

CREATE FUNCTION require_known_metrics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One that has been silent for several heartbeats has ended, or is restarted as what it is then.
    IF EXISTS (SELECT FROM replica r WHERE r.knows < 1 AND r.seen_at > now() - interval '4 seconds') THEN
        RAISE EXCEPTION 'a process of an earlier version is running' USING ERRCODE = 'LB017';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER created_metrics_are_known AFTER INSERT ON board FOR EACH ROW
WHEN (num_nonnulls(NEW.derivations, NEW.required_metrics) > 0) EXECUTE FUNCTION require_known_metrics();
CREATE TRIGGER changed_metrics_are_known AFTER UPDATE ON board FOR EACH ROW
WHEN (num_nonnulls(NEW.derivations, NEW.required_metrics) > 0
      AND num_nonnulls(OLD.derivations, OLD.required_metrics) = 0 AND NEW.deleted_at IS NULL)
EXECUTE FUNCTION require_known_metrics();
