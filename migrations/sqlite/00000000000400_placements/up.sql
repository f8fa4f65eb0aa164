ALTER TABLE responses ADD COLUMN placement_stage TEXT;
ALTER TABLE organisations ADD COLUMN iban TEXT;
ALTER TABLE organisations ADD COLUMN invoicing_email TEXT;

CREATE TABLE arrangements (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    series_id BLOB NOT NULL REFERENCES arrangements (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    person_id BLOB NOT NULL REFERENCES persons (id),
    employment_id BLOB NOT NULL REFERENCES employments (id),
    home_organisation_id BLOB NOT NULL REFERENCES organisations (id),
    policy_id BLOB REFERENCES mobility_policies (id),
    variant TEXT NOT NULL,
    start_date TEXT NOT NULL,
    end_date TEXT,
    exempted_minutes_per_week INTEGER NOT NULL CHECK (exempted_minutes_per_week >= 0),
    own_risk_minutes_per_week INTEGER NOT NULL CHECK (own_risk_minutes_per_week >= 0),
    original_contract_minutes_per_week INTEGER,
    acquisition_plan TEXT,
    income_effect TEXT,
    return_guarantee BLOB NOT NULL,
    own_company BLOB,
    programme_label TEXT,
    state TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    employee_signature BLOB,
    home_signature BLOB,
    reason TEXT,
    ended_on TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (end_date IS NULL OR start_date <= end_date),
    CHECK (state NOT IN ('AGREED', 'ACTIVE', 'PAUSED') OR (employee_signature IS NOT NULL AND home_signature IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX arrangements_version ON arrangements (series_id, version) WHERE state NOT IN ('REFUSED', 'WITHDRAWN');
CREATE INDEX arrangements_by_series ON arrangements (series_id, id);
CREATE INDEX arrangements_by_person ON arrangements (person_id, id);
CREATE INDEX arrangements_by_employment ON arrangements (employment_id, id);
CREATE INDEX arrangements_by_home ON arrangements (home_organisation_id, id);
CREATE INDEX arrangements_by_policy ON arrangements (policy_id);
CREATE INDEX arrangements_due ON arrangements (state, start_date);

CREATE TABLE placements (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    response_id BLOB NOT NULL REFERENCES responses (id),
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    offer_id BLOB NOT NULL REFERENCES offers (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    employment_id BLOB NOT NULL REFERENCES employments (id),
    home_organisation_id BLOB NOT NULL REFERENCES organisations (id),
    host_organisation_id BLOB NOT NULL REFERENCES organisations (id),
    arrangement_id BLOB NOT NULL REFERENCES arrangements (id),
    hours TEXT NOT NULL,
    stretches BLOB NOT NULL,
    start_date TEXT NOT NULL,
    last_date TEXT NOT NULL,
    charge_basis TEXT NOT NULL,
    hourly_rate_cents INTEGER CHECK (hourly_rate_cents > 0),
    light_flow INTEGER NOT NULL,
    return_plan BLOB NOT NULL,
    talks_weeks INTEGER NOT NULL CHECK (talks_weeks >= 0),
    talks_date TEXT NOT NULL,
    state TEXT NOT NULL,
    notice BLOB,
    cancelled TEXT,
    returned BLOB,
    converted BLOB,
    confirmed_at INTEGER,
    risk_told_at INTEGER,
    talks_told_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (start_date <= last_date),
    CHECK (confirmed_at IS NOT NULL OR state IN ('PLANNED', 'CANCELLED')),
    CHECK ((returned IS NOT NULL) = (state = 'RETURNED')),
    CHECK ((converted IS NOT NULL) = (state = 'CONVERTED'))
) STRICT;
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
    id BLOB PRIMARY KEY NOT NULL,
    network_id BLOB NOT NULL REFERENCES networks (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    title TEXT NOT NULL,
    clauses BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX agreement_templates_version ON agreement_templates (network_id, version);

CREATE TABLE secondment_agreements (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    placement_id BLOB NOT NULL REFERENCES placements (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    template_id BLOB REFERENCES agreement_templates (id),
    terms BLOB NOT NULL,
    state TEXT NOT NULL,
    laid_down BLOB,
    signatures BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (state NOT IN ('PROPOSED', 'SIGNED', 'SUPERSEDED') OR laid_down IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX secondment_agreements_version ON secondment_agreements (placement_id, version) WHERE state <> 'WITHDRAWN';
CREATE UNIQUE INDEX secondment_agreements_pending ON secondment_agreements (placement_id) WHERE state IN ('DRAFT', 'PROPOSED');
CREATE INDEX secondment_agreements_by_placement ON secondment_agreements (placement_id, id);
CREATE INDEX secondment_agreements_by_template ON secondment_agreements (template_id);

CREATE TABLE agreement_renderings (
    agreement_id BLOB NOT NULL REFERENCES secondment_agreements (id),
    form TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (agreement_id, form)
) STRICT;

CREATE TABLE cost_rates (
    id BLOB PRIMARY KEY NOT NULL,
    employment_id BLOB NOT NULL REFERENCES employments (id),
    valid_from TEXT NOT NULL,
    gross_pay_cents INTEGER NOT NULL CHECK (gross_pay_cents > 0),
    choice_budget_cents INTEGER NOT NULL CHECK (choice_budget_cents >= 0),
    employer_charges_cents INTEGER NOT NULL CHECK (employer_charges_cents >= 0),
    other_actual_cost_cents INTEGER NOT NULL CHECK (other_actual_cost_cents >= 0),
    other_actual_cost_description TEXT,
    laid_down_by_id BLOB NOT NULL REFERENCES persons (id),
    created_at INTEGER NOT NULL,
    CHECK ((other_actual_cost_cents > 0) = (other_actual_cost_description IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX cost_rates_valid_from ON cost_rates (employment_id, valid_from);
CREATE INDEX cost_rates_by_setter ON cost_rates (laid_down_by_id);

CREATE TABLE timesheets (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    placement_id BLOB NOT NULL REFERENCES placements (id),
    monday TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    state TEXT NOT NULL,
    rejection TEXT,
    decided_by_id BLOB REFERENCES persons (id),
    submitted_at INTEGER,
    decided_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (state NOT IN ('APPROVED', 'CHARGED') OR decided_by_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX timesheets_of_week ON timesheets (placement_id, monday, number);
CREATE UNIQUE INDEX timesheets_pending ON timesheets (placement_id, monday) WHERE state IN ('OPEN', 'SUBMITTED', 'REJECTED');
CREATE INDEX timesheets_by_placement ON timesheets (placement_id, id);
CREATE INDEX timesheets_by_decider ON timesheets (decided_by_id);

CREATE TABLE timesheet_lines (
    id BLOB PRIMARY KEY NOT NULL,
    timesheet_id BLOB NOT NULL REFERENCES timesheets (id),
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN -1440 AND 1440),
    note TEXT,
    reverses_id BLOB REFERENCES timesheet_lines (id),
    CHECK ((minutes < 0) = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX timesheet_lines_by_timesheet ON timesheet_lines (timesheet_id, day, id);
CREATE UNIQUE INDEX timesheet_lines_reversed_once ON timesheet_lines (reverses_id);

CREATE TABLE charge_statements (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    counters_id BLOB REFERENCES charge_statements (id),
    placement_id BLOB NOT NULL REFERENCES placements (id),
    issuer_id BLOB NOT NULL REFERENCES organisations (id),
    recipient_id BLOB NOT NULL REFERENCES organisations (id),
    month TEXT NOT NULL,
    vat BLOB NOT NULL,
    buyer_references BLOB NOT NULL,
    total_cents INTEGER NOT NULL,
    state TEXT NOT NULL,
    number_year INTEGER,
    number_sequence INTEGER,
    dispute TEXT,
    issued_at INTEGER,
    due_date TEXT,
    paid_date TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (issuer_id <> recipient_id),
    CHECK ((kind = 'COUNTER') = (counters_id IS NOT NULL)),
    CHECK ((number_year IS NULL) = (state IN ('DRAFT', 'DISCARDED'))),
    CHECK ((number_year IS NULL) = (number_sequence IS NULL)),
    CHECK ((paid_date IS NOT NULL) = (state = 'PAID'))
) STRICT;
CREATE UNIQUE INDEX charge_statements_number ON charge_statements (issuer_id, number_year, number_sequence);
CREATE INDEX charge_statements_by_issuer ON charge_statements (issuer_id, id);
CREATE INDEX charge_statements_by_recipient ON charge_statements (recipient_id, id);
CREATE INDEX charge_statements_by_placement ON charge_statements (placement_id, id);
CREATE INDEX charge_statements_by_countered ON charge_statements (counters_id);

CREATE TABLE charge_statement_lines (
    timesheet_line_id BLOB PRIMARY KEY NOT NULL REFERENCES timesheet_lines (id),
    statement_id BLOB NOT NULL REFERENCES charge_statements (id),
    timesheet_id BLOB NOT NULL REFERENCES timesheets (id),
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    cents_per_hour INTEGER NOT NULL CHECK (cents_per_hour > 0),
    amount_cents INTEGER NOT NULL
) STRICT;
CREATE INDEX charge_statement_lines_by_statement ON charge_statement_lines (statement_id, day, timesheet_line_id);
CREATE INDEX charge_statement_lines_by_timesheet ON charge_statement_lines (timesheet_id);

CREATE TABLE charge_statement_documents (
    statement_id BLOB NOT NULL REFERENCES charge_statements (id),
    form TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (statement_id, form)
) STRICT;

CREATE TABLE evaluations (
    id BLOB PRIMARY KEY NOT NULL,
    placement_id BLOB NOT NULL REFERENCES placements (id),
    party TEXT NOT NULL,
    by_id BLOB NOT NULL REFERENCES persons (id),
    result TEXT NOT NULL,
    learned TEXT,
    brought_back TEXT,
    effect_on_department TEXT,
    backfill_needed INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX evaluations_of_party ON evaluations (placement_id, party);
CREATE INDEX evaluations_by_giver ON evaluations (by_id);

CREATE TABLE endorsements (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    placement_id BLOB NOT NULL REFERENCES placements (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    by_id BLOB NOT NULL REFERENCES persons (id),
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX endorsements_of_giver ON endorsements (placement_id, by_id) WHERE state <> 'WITHDRAWN';
CREATE INDEX endorsements_by_person ON endorsements (person_id, id);
CREATE INDEX endorsements_by_giver ON endorsements (by_id);

-- Hours that were approved stay as they are: a correction follows them.
CREATE TRIGGER timesheet_lines_stay BEFORE UPDATE ON timesheet_lines
WHEN (SELECT state FROM timesheets WHERE id = OLD.timesheet_id) IN ('APPROVED', 'CHARGED') BEGIN
    SELECT RAISE(ABORT, 'approved hours are never changed');
END;
CREATE TRIGGER timesheet_lines_remain BEFORE DELETE ON timesheet_lines
WHEN (SELECT state FROM timesheets WHERE id = OLD.timesheet_id) IN ('APPROVED', 'CHARGED') BEGIN
    SELECT RAISE(ABORT, 'approved hours are never changed');
END;
