CREATE TABLE responses (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    motivation TEXT NOT NULL,
    learning_goal TEXT,
    minutes_per_week INTEGER,
    total_minutes INTEGER,
    channel TEXT NOT NULL,
    home_organisation_id BLOB REFERENCES organisations (id),
    home_employment_id BLOB REFERENCES employments (id),
    home_policy_id BLOB REFERENCES mobility_policies (id),
    state TEXT NOT NULL,
    outcome_reason TEXT,
    outcome_note TEXT,
    outcome_at INTEGER,
    reopening_offered_at INTEGER,
    submitted_at INTEGER,
    accepted_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (minutes_per_week IS NULL OR total_minutes IS NULL),
    CHECK ((home_organisation_id IS NULL) = (home_employment_id IS NULL)),
    CHECK ((home_organisation_id IS NULL) = (submitted_at IS NULL)),
    CHECK ((outcome_at IS NOT NULL) = (state IN ('WITHDRAWN', 'NOT_SELECTED', 'DECLINED', 'LAPSED', 'CONSENT_REFUSED')))
) STRICT;
CREATE UNIQUE INDEX responses_live ON responses (assignment_id, person_id) WHERE state NOT IN ('WITHDRAWN', 'NOT_SELECTED', 'DECLINED', 'LAPSED', 'CONSENT_REFUSED');
CREATE INDEX responses_by_assignment ON responses (assignment_id, id);
CREATE INDEX responses_by_person ON responses (person_id, id);
CREATE INDEX responses_by_home_organisation ON responses (home_organisation_id);
CREATE INDEX responses_by_home_employment ON responses (home_employment_id);
CREATE INDEX responses_by_home_policy ON responses (home_policy_id);
CREATE INDEX responses_drafts ON responses (assignment_id) WHERE state = 'DRAFT';

CREATE TABLE response_advisers (
    response_id BLOB PRIMARY KEY NOT NULL REFERENCES responses (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    shared_at INTEGER NOT NULL
) STRICT;
CREATE INDEX response_advisers_by_person ON response_advisers (person_id, response_id);

CREATE TABLE signals (
    id BLOB PRIMARY KEY NOT NULL,
    response_id BLOB NOT NULL REFERENCES responses (id),
    light TEXT NOT NULL,
    colour TEXT NOT NULL,
    part TEXT NOT NULL,
    set_by_id BLOB NOT NULL REFERENCES persons (id),
    policy_id BLOB REFERENCES mobility_policies (id),
    reason TEXT,
    moment INTEGER NOT NULL
) STRICT;
CREATE INDEX signals_by_response ON signals (response_id, id);
CREATE INDEX signals_by_setter ON signals (set_by_id);
CREATE INDEX signals_by_policy ON signals (policy_id);

CREATE TABLE consent_requests (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    response_id BLOB NOT NULL REFERENCES responses (id),
    employee_id BLOB NOT NULL REFERENCES persons (id),
    employment_id BLOB NOT NULL REFERENCES employments (id),
    home_organisation_id BLOB NOT NULL REFERENCES organisations (id),
    manager_id BLOB REFERENCES persons (id),
    minutes_per_week INTEGER,
    total_minutes INTEGER,
    start_date TEXT NOT NULL,
    end_date TEXT NOT NULL,
    host_id BLOB NOT NULL REFERENCES organisations (id),
    title TEXT NOT NULL,
    intended_result TEXT NOT NULL,
    policy_id BLOB REFERENCES mobility_policies (id),
    silence TEXT NOT NULL,
    state TEXT NOT NULL,
    remind_at INTEGER,
    expires_at INTEGER NOT NULL,
    reminded_at INTEGER,
    escalated_at INTEGER,
    decided_by_id BLOB REFERENCES persons (id),
    decided_part TEXT,
    refusal_reason TEXT,
    decision_text TEXT,
    conditions TEXT,
    decided_at INTEGER,
    conditions_accepted_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((minutes_per_week IS NULL) <> (total_minutes IS NULL)),
    CHECK (start_date <= end_date),
    CHECK ((decided_part IS NULL) = (decided_at IS NULL)),
    CHECK (decided_by_id IS NULL OR decided_by_id <> employee_id),
    CHECK (manager_id IS NULL OR manager_id <> employee_id)
) STRICT;
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
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    response_id BLOB NOT NULL REFERENCES responses (id),
    planned_at INTEGER NOT NULL,
    place TEXT,
    state TEXT NOT NULL,
    held_at INTEGER,
    employee_click TEXT,
    employee_said_at INTEGER,
    employee_note TEXT,
    client_click TEXT,
    client_said_at INTEGER,
    client_note TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((held_at IS NOT NULL) = (state = 'HELD')),
    CHECK ((employee_click IS NULL) = (employee_said_at IS NULL)),
    CHECK ((client_click IS NULL) = (client_said_at IS NULL))
) STRICT;
CREATE INDEX conversations_by_response ON conversations (response_id, id);

CREATE TABLE offers (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    response_id BLOB NOT NULL REFERENCES responses (id),
    made_by_id BLOB NOT NULL REFERENCES persons (id),
    minutes_per_week INTEGER,
    total_minutes INTEGER,
    start_date TEXT NOT NULL,
    end_date TEXT NOT NULL,
    charge_basis TEXT NOT NULL,
    hourly_rate_cents INTEGER CHECK (hourly_rate_cents > 0),
    valid_until INTEGER NOT NULL,
    state TEXT NOT NULL,
    decline_reason TEXT,
    note TEXT,
    ended_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((minutes_per_week IS NULL) <> (total_minutes IS NULL)),
    CHECK (start_date <= end_date),
    CHECK ((ended_at IS NULL) = (state = 'OPEN')),
    CHECK ((hourly_rate_cents IS NULL) = (charge_basis IN ('BARE_WAGE', 'NONE')))
) STRICT;
CREATE UNIQUE INDEX offers_open ON offers (response_id) WHERE state = 'OPEN';
CREATE INDEX offers_by_response ON offers (response_id, id);
CREATE INDEX offers_by_maker ON offers (made_by_id);
CREATE INDEX offers_due ON offers (state, valid_until);

-- What was said stays said; the next signal follows it.
CREATE TRIGGER signals_stay BEFORE UPDATE ON signals BEGIN
    SELECT RAISE(ABORT, 'signals are append-only');
END;
CREATE TRIGGER signals_remain BEFORE DELETE ON signals BEGIN
    SELECT RAISE(ABORT, 'signals are append-only');
END;
