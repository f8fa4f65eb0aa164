CREATE TABLE staff_feeds (
    organisation_id BLOB PRIMARY KEY NOT NULL REFERENCES organisations (id),
    revision INTEGER NOT NULL,
    leading_source TEXT,
    mapping BLOB,
    limits BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;

CREATE TABLE staff_imports (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    generated_at INTEGER,
    first_load INTEGER NOT NULL,
    fields TEXT NOT NULL,
    row_count INTEGER NOT NULL CHECK (row_count > 0),
    employees_before INTEGER NOT NULL CHECK (employees_before >= 0),
    limits BLOB NOT NULL,
    planned BLOB NOT NULL,
    applied BLOB NOT NULL,
    chunks INTEGER NOT NULL CHECK (chunks >= 0),
    chunks_applied INTEGER NOT NULL CHECK (chunks_applied BETWEEN 0 AND chunks),
    submitted_by_id BLOB REFERENCES persons (id),
    decided_by_id BLOB REFERENCES persons (id),
    decided_at INTEGER,
    reason TEXT,
    attempts INTEGER NOT NULL,
    leased_until INTEGER,
    finished_at INTEGER,
    results_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((finished_at IS NULL) = (state IN ('AWAITING_APPROVAL', 'APPLYING')))
) STRICT;
CREATE INDEX staff_imports_by_organisation ON staff_imports (organisation_id, id);
CREATE UNIQUE INDEX staff_imports_open ON staff_imports (organisation_id) WHERE state IN ('AWAITING_APPROVAL', 'APPLYING');
CREATE INDEX staff_imports_by_submitter ON staff_imports (submitted_by_id);
CREATE INDEX staff_imports_by_decider ON staff_imports (decided_by_id);
CREATE INDEX staff_imports_by_state ON staff_imports (state, created_at);

CREATE TABLE staff_import_chunks (
    import_id BLOB NOT NULL REFERENCES staff_imports (id),
    number INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    outcomes BLOB NOT NULL,
    items TEXT,
    results TEXT NOT NULL,
    forget_at INTEGER NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT;
CREATE INDEX staff_import_chunks_to_forget ON staff_import_chunks (forget_at);
