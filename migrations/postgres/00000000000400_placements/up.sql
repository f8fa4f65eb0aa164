ALTER TABLE responses ADD COLUMN placement_stage text;
ALTER TABLE organisations ADD COLUMN iban text;
ALTER TABLE organisations ADD COLUMN invoicing_email text;

CREATE TABLE arrangements (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    series_id uuid NOT NULL REFERENCES arrangements (id),
    version bigint NOT NULL CHECK (version >= 1),
    person_id uuid NOT NULL REFERENCES persons (id),
    employment_id uuid NOT NULL REFERENCES employments (id),
    home_organisation_id uuid NOT NULL REFERENCES organisations (id),
    policy_id uuid REFERENCES mobility_policies (id),
    variant text NOT NULL,
    start_date date NOT NULL,
    end_date date,
    exempted_minutes_per_week bigint NOT NULL CHECK (exempted_minutes_per_week >= 0),
    own_risk_minutes_per_week bigint NOT NULL CHECK (own_risk_minutes_per_week >= 0),
    original_contract_minutes_per_week bigint,
    acquisition_plan text,
    income_effect text,
    return_guarantee jsonb NOT NULL,
    own_company jsonb,
    programme_label text,
    state text NOT NULL,
    drafted_by text NOT NULL,
    employee_signature jsonb,
    home_signature jsonb,
    reason text,
    ended_on date,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (end_date IS NULL OR start_date <= end_date),
    CHECK (state NOT IN ('AGREED', 'ACTIVE', 'PAUSED') OR (employee_signature IS NOT NULL AND home_signature IS NOT NULL))
);
CREATE UNIQUE INDEX arrangements_version ON arrangements (series_id, version) WHERE state NOT IN ('REFUSED', 'WITHDRAWN');
CREATE INDEX arrangements_by_series ON arrangements (series_id, id);
CREATE INDEX arrangements_by_person ON arrangements (person_id, id);
CREATE INDEX arrangements_by_employment ON arrangements (employment_id, id);
CREATE INDEX arrangements_by_home ON arrangements (home_organisation_id, id);
CREATE INDEX arrangements_by_policy ON arrangements (policy_id);
CREATE INDEX arrangements_due ON arrangements (state, start_date);

CREATE TABLE placements (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    response_id uuid NOT NULL REFERENCES responses (id),
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    offer_id uuid NOT NULL REFERENCES offers (id),
    person_id uuid NOT NULL REFERENCES persons (id),
    employment_id uuid NOT NULL REFERENCES employments (id),
    home_organisation_id uuid NOT NULL REFERENCES organisations (id),
    host_organisation_id uuid NOT NULL REFERENCES organisations (id),
    arrangement_id uuid NOT NULL REFERENCES arrangements (id),
    hours text NOT NULL,
    stretches jsonb NOT NULL,
    start_date date NOT NULL,
    last_date date NOT NULL,
    charge_basis text NOT NULL,
    hourly_rate_cents bigint CHECK (hourly_rate_cents > 0),
    light_flow boolean NOT NULL,
    return_plan jsonb NOT NULL,
    talks_weeks bigint NOT NULL CHECK (talks_weeks >= 0),
    talks_date date NOT NULL,
    state text NOT NULL,
    notice jsonb,
    cancelled text,
    returned jsonb,
    converted jsonb,
    confirmed_at timestamptz,
    risk_told_at timestamptz,
    talks_told_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (start_date <= last_date),
    CHECK (confirmed_at IS NOT NULL OR state IN ('PLANNED', 'CANCELLED')),
    CHECK ((returned IS NOT NULL) = (state = 'RETURNED')),
    CHECK ((converted IS NOT NULL) = (state = 'CONVERTED'))
);
CREATE UNIQUE INDEX placements_of_response ON placements (response_id) WHERE state <> 'CANCELLED';
CREATE INDEX placements_by_response ON placements (response_id, id);
CREATE INDEX placements_by_assignment ON placements (assignment_id, id);
CREATE INDEX placements_by_offer ON placements (offer_id);
CREATE INDEX placements_by_person ON placements (person_id, id);
CREATE INDEX placements_by_employment ON placements (employment_id, id);
CREATE INDEX placements_by_home ON placements (home_organisation_id, id);
CREATE INDEX placements_by_host ON placements (host_organisation_id, id);
CREATE INDEX placements_by_arrangement ON placements (arrangement_id, id);
CREATE INDEX placements_to_start ON placements (state, start_date);
CREATE INDEX placements_to_end ON placements (state, last_date);
CREATE INDEX placements_to_talk ON placements (talks_date) WHERE talks_told_at IS NULL;

CREATE TABLE agreement_templates (
    id uuid PRIMARY KEY NOT NULL,
    network_id uuid NOT NULL REFERENCES networks (id),
    version bigint NOT NULL CHECK (version >= 1),
    title text NOT NULL,
    clauses jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX agreement_templates_version ON agreement_templates (network_id, version);

CREATE TABLE secondment_agreements (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    placement_id uuid NOT NULL REFERENCES placements (id),
    version bigint NOT NULL CHECK (version >= 1),
    template_id uuid REFERENCES agreement_templates (id),
    terms jsonb NOT NULL,
    state text NOT NULL,
    laid_down jsonb,
    signatures jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (state NOT IN ('PROPOSED', 'SIGNED', 'SUPERSEDED') OR laid_down IS NOT NULL)
);
CREATE UNIQUE INDEX secondment_agreements_version ON secondment_agreements (placement_id, version) WHERE state <> 'WITHDRAWN';
CREATE UNIQUE INDEX secondment_agreements_pending ON secondment_agreements (placement_id) WHERE state IN ('DRAFT', 'PROPOSED');
CREATE INDEX secondment_agreements_by_placement ON secondment_agreements (placement_id, id);
CREATE INDEX secondment_agreements_by_template ON secondment_agreements (template_id);

CREATE TABLE agreement_renderings (
    agreement_id uuid NOT NULL REFERENCES secondment_agreements (id),
    form text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (agreement_id, form)
);

CREATE TABLE cost_rates (
    id uuid PRIMARY KEY NOT NULL,
    employment_id uuid NOT NULL REFERENCES employments (id),
    valid_from date NOT NULL,
    gross_pay_cents bigint NOT NULL CHECK (gross_pay_cents > 0),
    choice_budget_cents bigint NOT NULL CHECK (choice_budget_cents >= 0),
    employer_charges_cents bigint NOT NULL CHECK (employer_charges_cents >= 0),
    other_actual_cost_cents bigint NOT NULL CHECK (other_actual_cost_cents >= 0),
    other_actual_cost_description text,
    laid_down_by_id uuid NOT NULL REFERENCES persons (id),
    created_at timestamptz NOT NULL,
    CHECK ((other_actual_cost_cents > 0) = (other_actual_cost_description IS NOT NULL))
);
CREATE UNIQUE INDEX cost_rates_valid_from ON cost_rates (employment_id, valid_from);
CREATE INDEX cost_rates_by_setter ON cost_rates (laid_down_by_id);

CREATE TABLE timesheets (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    placement_id uuid NOT NULL REFERENCES placements (id),
    monday date NOT NULL,
    number bigint NOT NULL CHECK (number >= 1),
    state text NOT NULL,
    rejection text,
    decided_by_id uuid REFERENCES persons (id),
    submitted_at timestamptz,
    decided_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (state NOT IN ('APPROVED', 'CHARGED') OR decided_by_id IS NOT NULL)
);
CREATE UNIQUE INDEX timesheets_of_week ON timesheets (placement_id, monday, number);
CREATE UNIQUE INDEX timesheets_pending ON timesheets (placement_id, monday) WHERE state IN ('OPEN', 'SUBMITTED', 'REJECTED');
CREATE INDEX timesheets_by_placement ON timesheets (placement_id, id);
CREATE INDEX timesheets_by_decider ON timesheets (decided_by_id);

CREATE TABLE timesheet_lines (
    id uuid PRIMARY KEY NOT NULL,
    timesheet_id uuid NOT NULL REFERENCES timesheets (id),
    day date NOT NULL,
    minutes bigint NOT NULL CHECK (minutes BETWEEN -1440 AND 1440),
    note text,
    reverses_id uuid REFERENCES timesheet_lines (id),
    CHECK ((minutes < 0) = (reverses_id IS NOT NULL))
);
CREATE INDEX timesheet_lines_by_timesheet ON timesheet_lines (timesheet_id, day, id);
CREATE UNIQUE INDEX timesheet_lines_reversed_once ON timesheet_lines (reverses_id);

CREATE TABLE charge_statements (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    kind text NOT NULL,
    counters_id uuid REFERENCES charge_statements (id),
    placement_id uuid NOT NULL REFERENCES placements (id),
    issuer_id uuid NOT NULL REFERENCES organisations (id),
    recipient_id uuid NOT NULL REFERENCES organisations (id),
    month date NOT NULL,
    vat jsonb NOT NULL,
    buyer_references jsonb NOT NULL,
    total_cents bigint NOT NULL,
    state text NOT NULL,
    number_year bigint,
    number_sequence bigint,
    dispute text,
    issued_at timestamptz,
    due_date date,
    paid_date date,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (issuer_id <> recipient_id),
    CHECK ((kind = 'COUNTER') = (counters_id IS NOT NULL)),
    CHECK ((number_year IS NULL) = (state IN ('DRAFT', 'DISCARDED'))),
    CHECK ((number_year IS NULL) = (number_sequence IS NULL)),
    CHECK ((paid_date IS NOT NULL) = (state = 'PAID'))
);
CREATE UNIQUE INDEX charge_statements_number ON charge_statements (issuer_id, number_year, number_sequence);
CREATE INDEX charge_statements_by_issuer ON charge_statements (issuer_id, id);
CREATE INDEX charge_statements_by_recipient ON charge_statements (recipient_id, id);
CREATE INDEX charge_statements_by_placement ON charge_statements (placement_id, id);
CREATE INDEX charge_statements_by_countered ON charge_statements (counters_id);

CREATE TABLE charge_statement_lines (
    timesheet_line_id uuid PRIMARY KEY NOT NULL REFERENCES timesheet_lines (id),
    statement_id uuid NOT NULL REFERENCES charge_statements (id),
    timesheet_id uuid NOT NULL REFERENCES timesheets (id),
    day date NOT NULL,
    minutes bigint NOT NULL,
    cents_per_hour bigint NOT NULL CHECK (cents_per_hour > 0),
    amount_cents bigint NOT NULL
);
CREATE INDEX charge_statement_lines_by_statement ON charge_statement_lines (statement_id, day, timesheet_line_id);
CREATE INDEX charge_statement_lines_by_timesheet ON charge_statement_lines (timesheet_id);

CREATE TABLE charge_statement_documents (
    statement_id uuid NOT NULL REFERENCES charge_statements (id),
    form text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (statement_id, form)
);

CREATE TABLE evaluations (
    id uuid PRIMARY KEY NOT NULL,
    placement_id uuid NOT NULL REFERENCES placements (id),
    party text NOT NULL,
    by_id uuid NOT NULL REFERENCES persons (id),
    result text NOT NULL,
    learned text,
    brought_back text,
    effect_on_department text,
    backfill_needed boolean,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX evaluations_of_party ON evaluations (placement_id, party);
CREATE INDEX evaluations_by_giver ON evaluations (by_id);

CREATE TABLE endorsements (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    placement_id uuid NOT NULL REFERENCES placements (id),
    person_id uuid NOT NULL REFERENCES persons (id),
    by_id uuid NOT NULL REFERENCES persons (id),
    part text NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX endorsements_of_giver ON endorsements (placement_id, by_id) WHERE state <> 'WITHDRAWN';
CREATE INDEX endorsements_by_person ON endorsements (person_id, id);
CREATE INDEX endorsements_by_giver ON endorsements (by_id);

-- Hours that were approved stay as they are: a correction follows them.
CREATE FUNCTION refuse_settled_hours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM timesheets WHERE id = OLD.timesheet_id) IN ('APPROVED', 'CHARGED') THEN
        RAISE EXCEPTION 'approved hours are never changed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER timesheet_lines_stay BEFORE UPDATE OR DELETE ON timesheet_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_settled_hours();
