CREATE TABLE organisations (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    kind TEXT NOT NULL,
    layer TEXT NOT NULL,
    parent_id BLOB REFERENCES organisations (id),
    town TEXT,
    province TEXT,
    invoicing_address BLOB,
    vat_number TEXT,
    commitment_statement TEXT,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX organisations_by_name ON organisations (search_text, id);
CREATE INDEX organisations_by_parent ON organisations (parent_id);

CREATE TABLE organisation_identifiers (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (organisation_id, scheme)
) STRICT;
CREATE UNIQUE INDEX organisation_identifiers_by_value ON organisation_identifiers (scheme, value);

CREATE TABLE units (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    parent_id BLOB REFERENCES units (id),
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX units_by_organisation ON units (organisation_id, search_text, id);
CREATE INDEX units_by_parent ON units (parent_id);

CREATE TABLE mobility_policies (
    id BLOB PRIMARY KEY NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    version INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    summary TEXT NOT NULL,
    max_exempted_days INTEGER NOT NULL CHECK (max_exempted_days BETWEEN 1 AND 2),
    consent_term_working_days INTEGER NOT NULL,
    silence TEXT NOT NULL,
    internal_first_working_days INTEGER NOT NULL CHECK (internal_first_working_days BETWEEN 0 AND 10),
    excluded_functions BLOB NOT NULL,
    allowed_variants TEXT NOT NULL,
    default_charge_basis TEXT NOT NULL,
    private_hosts_allowed INTEGER NOT NULL,
    open_to_all_employees INTEGER NOT NULL,
    internal_consent_required INTEGER NOT NULL,
    review_required INTEGER NOT NULL,
    text_url TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX mobility_policies_by_version ON mobility_policies (organisation_id, version);

CREATE TABLE networks (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    scale_level TEXT NOT NULL,
    admission TEXT NOT NULL,
    regions BLOB NOT NULL,
    region_text TEXT NOT NULL,
    parent_id BLOB REFERENCES networks (id),
    pledge_minimum_people INTEGER NOT NULL,
    pledge_minimum_assignments INTEGER NOT NULL,
    internal_first_ceiling_working_days INTEGER NOT NULL CHECK (internal_first_ceiling_working_days BETWEEN 0 AND 10),
    public_rate_ceiling_cents INTEGER,
    review_required INTEGER NOT NULL,
    programme_label TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX networks_by_name ON networks (search_text, id);
CREATE INDEX networks_by_parent ON networks (parent_id);

CREATE TABLE persons (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    given_name TEXT NOT NULL,
    infix TEXT,
    family_name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX persons_by_email ON persons (email);
CREATE INDEX persons_by_name ON persons (search_text, id);

CREATE TABLE memberships (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    network_id BLOB NOT NULL REFERENCES networks (id),
    organisation_id BLOB REFERENCES organisations (id),
    person_id BLOB REFERENCES persons (id),
    state TEXT NOT NULL,
    since INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((organisation_id IS NULL) <> (person_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX memberships_by_organisation ON memberships (network_id, organisation_id) WHERE state IN ('REQUESTED', 'INVITED', 'ACTIVE');
CREATE UNIQUE INDEX memberships_by_person ON memberships (network_id, person_id) WHERE state IN ('REQUESTED', 'INVITED', 'ACTIVE');
CREATE INDEX memberships_of_organisation ON memberships (organisation_id, state);
CREATE INDEX memberships_of_person ON memberships (person_id, state);

CREATE TABLE accounts (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES persons (id),
    password_hash TEXT,
    activation_hash TEXT,
    activation_expires_at INTEGER,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_by_activation ON accounts (activation_hash);

CREATE TABLE sessions (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY NOT NULL,
    session_id BLOB NOT NULL REFERENCES sessions (id),
    created_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE login_attempts (
    subject TEXT PRIMARY KEY NOT NULL,
    window_start INTEGER NOT NULL,
    failures INTEGER NOT NULL
) STRICT;

CREATE TABLE employments (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    unit_id BLOB REFERENCES units (id),
    function TEXT NOT NULL,
    contract_minutes_per_week INTEGER NOT NULL CHECK (contract_minutes_per_week BETWEEN 1 AND 2400),
    working_days_per_week INTEGER NOT NULL CHECK (working_days_per_week BETWEEN 1 AND 7),
    manager_id BLOB REFERENCES persons (id),
    start_date TEXT NOT NULL,
    end_date TEXT,
    hr_external_id TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (end_date IS NULL OR start_date <= end_date)
) STRICT;
CREATE INDEX employments_by_person ON employments (person_id);
CREATE INDEX employments_by_organisation ON employments (organisation_id);
CREATE INDEX employments_by_manager ON employments (manager_id);
CREATE INDEX employments_by_unit ON employments (unit_id);

CREATE TABLE role_assignments (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    organisation_id BLOB REFERENCES organisations (id),
    network_id BLOB REFERENCES networks (id),
    created_at INTEGER NOT NULL,
    CHECK (organisation_id IS NULL OR network_id IS NULL)
) STRICT;
CREATE INDEX role_assignments_by_person ON role_assignments (person_id);
CREATE INDEX role_assignments_by_organisation ON role_assignments (organisation_id);
CREATE INDEX role_assignments_by_network ON role_assignments (network_id);
CREATE UNIQUE INDEX role_assignments_once_in_organisation ON role_assignments (person_id, role, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX role_assignments_once_in_network ON role_assignments (person_id, role, network_id) WHERE network_id IS NOT NULL;
CREATE UNIQUE INDEX role_assignments_once_on_platform ON role_assignments (person_id, role) WHERE organisation_id IS NULL AND network_id IS NULL;
