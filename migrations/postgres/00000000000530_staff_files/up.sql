CREATE TABLE staff_feeds (
    organisation_id uuid PRIMARY KEY NOT NULL REFERENCES organisations (id),
    revision bigint NOT NULL,
    leading_source text,
    mapping jsonb,
    limits jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);

CREATE TABLE staff_imports (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    mode text NOT NULL,
    state text NOT NULL,
    fingerprint text NOT NULL,
    generated_at timestamptz,
    first_load boolean NOT NULL,
    fields text NOT NULL,
    row_count bigint NOT NULL CHECK (row_count > 0),
    employees_before bigint NOT NULL CHECK (employees_before >= 0),
    limits jsonb NOT NULL,
    planned jsonb NOT NULL,
    applied jsonb NOT NULL,
    chunks bigint NOT NULL CHECK (chunks >= 0),
    chunks_applied bigint NOT NULL CHECK (chunks_applied BETWEEN 0 AND chunks),
    submitted_by_id uuid REFERENCES persons (id),
    decided_by_id uuid REFERENCES persons (id),
    decided_at timestamptz,
    reason text,
    attempts bigint NOT NULL,
    leased_until timestamptz,
    finished_at timestamptz,
    results_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((finished_at IS NULL) = (state IN ('AWAITING_APPROVAL', 'APPLYING')))
);
CREATE INDEX staff_imports_by_organisation ON staff_imports (organisation_id, id);
CREATE UNIQUE INDEX staff_imports_open ON staff_imports (organisation_id) WHERE state IN ('AWAITING_APPROVAL', 'APPLYING');
CREATE INDEX staff_imports_by_submitter ON staff_imports (submitted_by_id);
CREATE INDEX staff_imports_by_decider ON staff_imports (decided_by_id);
CREATE INDEX staff_imports_by_state ON staff_imports (state, created_at);

CREATE TABLE staff_import_chunks (
    import_id uuid NOT NULL REFERENCES staff_imports (id),
    number bigint NOT NULL,
    first_row bigint NOT NULL,
    row_count bigint NOT NULL,
    pending boolean NOT NULL,
    outcomes jsonb NOT NULL,
    items text,
    results text NOT NULL,
    forget_at timestamptz NOT NULL,
    PRIMARY KEY (import_id, number)
);
CREATE INDEX staff_import_chunks_to_forget ON staff_import_chunks (forget_at);
