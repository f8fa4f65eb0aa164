CREATE TABLE responses (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    person_id uuid NOT NULL REFERENCES persons (id),
    motivation text NOT NULL,
    learning_goal text,
    minutes_per_week bigint,
    total_minutes bigint,
    channel text NOT NULL,
    home_organisation_id uuid REFERENCES organisations (id),
    home_employment_id uuid REFERENCES employments (id),
    home_policy_id uuid REFERENCES mobility_policies (id),
    state text NOT NULL,
    outcome_reason text,
    outcome_note text,
    outcome_at timestamptz,
    reopening_offered_at timestamptz,
    submitted_at timestamptz,
    accepted_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (minutes_per_week IS NULL OR total_minutes IS NULL),
    CHECK ((home_organisation_id IS NULL) = (home_employment_id IS NULL)),
    CHECK ((home_organisation_id IS NULL) = (submitted_at IS NULL)),
    CHECK ((outcome_at IS NOT NULL) = (state IN ('WITHDRAWN', 'NOT_SELECTED', 'DECLINED', 'LAPSED', 'CONSENT_REFUSED')))
);
CREATE UNIQUE INDEX responses_live ON responses (assignment_id, person_id) WHERE state NOT IN ('WITHDRAWN', 'NOT_SELECTED', 'DECLINED', 'LAPSED', 'CONSENT_REFUSED');
CREATE INDEX responses_by_assignment ON responses (assignment_id, id);
CREATE INDEX responses_by_person ON responses (person_id, id);
CREATE INDEX responses_by_home_organisation ON responses (home_organisation_id);
CREATE INDEX responses_by_home_employment ON responses (home_employment_id);
CREATE INDEX responses_by_home_policy ON responses (home_policy_id);
CREATE INDEX responses_drafts ON responses (assignment_id) WHERE state = 'DRAFT';

CREATE TABLE response_advisers (
    response_id uuid PRIMARY KEY NOT NULL REFERENCES responses (id),
    person_id uuid NOT NULL REFERENCES persons (id),
    shared_at timestamptz NOT NULL
);
CREATE INDEX response_advisers_by_person ON response_advisers (person_id, response_id);

CREATE TABLE signals (
    id uuid PRIMARY KEY NOT NULL,
    response_id uuid NOT NULL REFERENCES responses (id),
    light text NOT NULL,
    colour text NOT NULL,
    part text NOT NULL,
    set_by_id uuid NOT NULL REFERENCES persons (id),
    policy_id uuid REFERENCES mobility_policies (id),
    reason text,
    moment timestamptz NOT NULL
);
CREATE INDEX signals_by_response ON signals (response_id, id);
CREATE INDEX signals_by_setter ON signals (set_by_id);
CREATE INDEX signals_by_policy ON signals (policy_id);

CREATE TABLE consent_requests (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    response_id uuid NOT NULL REFERENCES responses (id),
    employee_id uuid NOT NULL REFERENCES persons (id),
    employment_id uuid NOT NULL REFERENCES employments (id),
    home_organisation_id uuid NOT NULL REFERENCES organisations (id),
    manager_id uuid REFERENCES persons (id),
    minutes_per_week bigint,
    total_minutes bigint,
    start_date date NOT NULL,
    end_date date NOT NULL,
    host_id uuid NOT NULL REFERENCES organisations (id),
    title text NOT NULL,
    intended_result text NOT NULL,
    policy_id uuid REFERENCES mobility_policies (id),
    silence text NOT NULL,
    state text NOT NULL,
    remind_at timestamptz,
    expires_at timestamptz NOT NULL,
    reminded_at timestamptz,
    escalated_at timestamptz,
    decided_by_id uuid REFERENCES persons (id),
    decided_part text,
    refusal_reason text,
    decision_text text,
    conditions text,
    decided_at timestamptz,
    conditions_accepted_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((minutes_per_week IS NULL) <> (total_minutes IS NULL)),
    CHECK (start_date <= end_date),
    CHECK ((decided_part IS NULL) = (decided_at IS NULL)),
    CHECK (decided_by_id IS NULL OR decided_by_id <> employee_id),
    CHECK (manager_id IS NULL OR manager_id <> employee_id)
);
CREATE UNIQUE INDEX consent_requests_standing ON consent_requests (response_id) WHERE state IN ('REQUESTED', 'EXPIRED', 'ESCALATED', 'GRANTED_WITH_CONDITIONS', 'GRANTED');
CREATE INDEX consent_requests_by_response ON consent_requests (response_id, id);
CREATE INDEX consent_requests_by_employee ON consent_requests (employee_id, id);
CREATE INDEX consent_requests_by_manager ON consent_requests (manager_id, id);
CREATE INDEX consent_requests_by_home ON consent_requests (home_organisation_id, id);
CREATE INDEX consent_requests_by_employment ON consent_requests (employment_id);
CREATE INDEX consent_requests_by_host ON consent_requests (host_id);
CREATE INDEX consent_requests_by_policy ON consent_requests (policy_id);
CREATE INDEX consent_requests_by_decider ON consent_requests (decided_by_id);
CREATE INDEX consent_requests_due ON consent_requests (state, expires_at);

CREATE TABLE conversations (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    response_id uuid NOT NULL REFERENCES responses (id),
    planned_at timestamptz NOT NULL,
    place text,
    state text NOT NULL,
    held_at timestamptz,
    employee_click text,
    employee_said_at timestamptz,
    employee_note text,
    client_click text,
    client_said_at timestamptz,
    client_note text,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((held_at IS NOT NULL) = (state = 'HELD')),
    CHECK ((employee_click IS NULL) = (employee_said_at IS NULL)),
    CHECK ((client_click IS NULL) = (client_said_at IS NULL))
);
CREATE INDEX conversations_by_response ON conversations (response_id, id);

CREATE TABLE offers (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    response_id uuid NOT NULL REFERENCES responses (id),
    made_by_id uuid NOT NULL REFERENCES persons (id),
    minutes_per_week bigint,
    total_minutes bigint,
    start_date date NOT NULL,
    end_date date NOT NULL,
    charge_basis text NOT NULL,
    hourly_rate_cents bigint CHECK (hourly_rate_cents > 0),
    valid_until timestamptz NOT NULL,
    state text NOT NULL,
    decline_reason text,
    note text,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((minutes_per_week IS NULL) <> (total_minutes IS NULL)),
    CHECK (start_date <= end_date),
    CHECK ((ended_at IS NULL) = (state = 'OPEN')),
    CHECK ((hourly_rate_cents IS NULL) = (charge_basis IN ('BARE_WAGE', 'NONE')))
);
CREATE UNIQUE INDEX offers_open ON offers (response_id) WHERE state = 'OPEN';
CREATE INDEX offers_by_response ON offers (response_id, id);
CREATE INDEX offers_by_maker ON offers (made_by_id);
CREATE INDEX offers_due ON offers (state, valid_until);

-- What was said stays said; the next signal follows it.
CREATE FUNCTION refuse_signal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'signals are append-only';
END $$;
CREATE TRIGGER signals_stay BEFORE UPDATE OR DELETE ON signals
    FOR EACH ROW EXECUTE FUNCTION refuse_signal_change();
