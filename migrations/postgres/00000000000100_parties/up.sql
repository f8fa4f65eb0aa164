CREATE TABLE organisations (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    layer text NOT NULL,
    parent_id uuid REFERENCES organisations (id),
    town text,
    province text,
    invoicing_address jsonb,
    vat_number text,
    commitment_statement text,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE INDEX organisations_by_name ON organisations (search_text, id);
CREATE INDEX organisations_by_parent ON organisations (parent_id);

CREATE TABLE organisation_identifiers (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    scheme text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (organisation_id, scheme)
);
CREATE UNIQUE INDEX organisation_identifiers_by_value ON organisation_identifiers (scheme, value);

CREATE TABLE units (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    name text COLLATE "C" NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    parent_id uuid REFERENCES units (id),
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE INDEX units_by_organisation ON units (organisation_id, search_text, id);
CREATE INDEX units_by_parent ON units (parent_id);

CREATE TABLE mobility_policies (
    id uuid PRIMARY KEY NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    version bigint NOT NULL,
    valid_from date NOT NULL,
    summary text NOT NULL,
    max_exempted_days bigint NOT NULL CHECK (max_exempted_days BETWEEN 1 AND 2),
    consent_term_working_days bigint NOT NULL,
    silence text NOT NULL,
    internal_first_working_days bigint NOT NULL CHECK (internal_first_working_days BETWEEN 0 AND 10),
    excluded_functions jsonb NOT NULL,
    allowed_variants text NOT NULL,
    default_charge_basis text NOT NULL,
    private_hosts_allowed boolean NOT NULL,
    open_to_all_employees boolean NOT NULL,
    internal_consent_required boolean NOT NULL,
    review_required boolean NOT NULL,
    text_url text,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX mobility_policies_by_version ON mobility_policies (organisation_id, version);

CREATE TABLE networks (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    description text NOT NULL,
    kind text NOT NULL,
    scale_level text NOT NULL,
    admission text NOT NULL,
    regions jsonb NOT NULL,
    region_text text COLLATE "C" NOT NULL,
    parent_id uuid REFERENCES networks (id),
    pledge_minimum_people bigint NOT NULL,
    pledge_minimum_assignments bigint NOT NULL,
    internal_first_ceiling_working_days bigint NOT NULL CHECK (internal_first_ceiling_working_days BETWEEN 0 AND 10),
    public_rate_ceiling_cents bigint,
    review_required boolean NOT NULL,
    programme_label text,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE INDEX networks_by_name ON networks (search_text, id);
CREATE INDEX networks_by_parent ON networks (parent_id);

CREATE TABLE persons (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    given_name text NOT NULL,
    infix text,
    family_name text NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    email text NOT NULL,
    language text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX persons_by_email ON persons (email);
CREATE INDEX persons_by_name ON persons (search_text, id);

CREATE TABLE memberships (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    network_id uuid NOT NULL REFERENCES networks (id),
    organisation_id uuid REFERENCES organisations (id),
    person_id uuid REFERENCES persons (id),
    state text NOT NULL,
    since timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((organisation_id IS NULL) <> (person_id IS NULL))
);
CREATE UNIQUE INDEX memberships_by_organisation ON memberships (network_id, organisation_id) WHERE state IN ('REQUESTED', 'INVITED', 'ACTIVE');
CREATE UNIQUE INDEX memberships_by_person ON memberships (network_id, person_id) WHERE state IN ('REQUESTED', 'INVITED', 'ACTIVE');
CREATE INDEX memberships_of_organisation ON memberships (organisation_id, state);
CREATE INDEX memberships_of_person ON memberships (person_id, state);

CREATE TABLE accounts (
    person_id uuid PRIMARY KEY NOT NULL REFERENCES persons (id),
    password_hash text,
    activation_hash text,
    activation_expires_at timestamptz,
    modified_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX accounts_by_activation ON accounts (activation_hash);

CREATE TABLE sessions (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE refresh_tokens (
    hash text PRIMARY KEY NOT NULL,
    session_id uuid NOT NULL REFERENCES sessions (id),
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE login_attempts (
    subject text PRIMARY KEY NOT NULL,
    window_start timestamptz NOT NULL,
    failures bigint NOT NULL
);

CREATE TABLE employments (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    unit_id uuid REFERENCES units (id),
    function text NOT NULL,
    contract_minutes_per_week bigint NOT NULL CHECK (contract_minutes_per_week BETWEEN 1 AND 2400),
    working_days_per_week bigint NOT NULL CHECK (working_days_per_week BETWEEN 1 AND 7),
    manager_id uuid REFERENCES persons (id),
    start_date date NOT NULL,
    end_date date,
    hr_external_id text,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (end_date IS NULL OR start_date <= end_date)
);
CREATE INDEX employments_by_person ON employments (person_id);
CREATE INDEX employments_by_organisation ON employments (organisation_id);
CREATE INDEX employments_by_manager ON employments (manager_id);
CREATE INDEX employments_by_unit ON employments (unit_id);

CREATE TABLE role_assignments (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    role text NOT NULL,
    organisation_id uuid REFERENCES organisations (id),
    network_id uuid REFERENCES networks (id),
    created_at timestamptz NOT NULL,
    CHECK (organisation_id IS NULL OR network_id IS NULL)
);
CREATE INDEX role_assignments_by_person ON role_assignments (person_id);
CREATE INDEX role_assignments_by_organisation ON role_assignments (organisation_id);
CREATE INDEX role_assignments_by_network ON role_assignments (network_id);
CREATE UNIQUE INDEX role_assignments_once_in_organisation ON role_assignments (person_id, role, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX role_assignments_once_in_network ON role_assignments (person_id, role, network_id) WHERE network_id IS NOT NULL;
CREATE UNIQUE INDEX role_assignments_once_on_platform ON role_assignments (person_id, role) WHERE organisation_id IS NULL AND network_id IS NULL;
