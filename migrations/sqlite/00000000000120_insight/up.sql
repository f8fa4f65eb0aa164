CREATE TABLE audit_events (
    id BLOB PRIMARY KEY NOT NULL,
    occurred_at INTEGER NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    organisation_id BLOB,
    from_state TEXT,
    to_state TEXT
) STRICT;
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, id);
CREATE INDEX audit_events_by_organisation ON audit_events (organisation_id, id);

-- Append-only: what was recorded stays as it was (invariant 24).
CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;
CREATE TRIGGER audit_events_remain BEFORE DELETE ON audit_events BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;
