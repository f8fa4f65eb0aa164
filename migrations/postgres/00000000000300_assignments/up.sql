CREATE TABLE assignments (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    unit_id uuid REFERENCES units (id),
    owner_id uuid NOT NULL REFERENCES persons (id),
    kind text NOT NULL,
    title text NOT NULL,
    minutes_per_week bigint CHECK (minutes_per_week BETWEEN 60 AND 2400),
    total_minutes bigint CHECK (total_minutes >= 60),
    weekly_minutes bigint,
    start_date date,
    end_date date,
    positions bigint NOT NULL CHECK (positions >= 0),
    scale_level text NOT NULL,
    region text,
    region_text text COLLATE "C",
    remote text NOT NULL,
    charge_basis text NOT NULL,
    external_hire_minutes bigint CHECK (external_hire_minutes > 0),
    external_hire_hourly_rate_cents bigint CHECK (external_hire_hourly_rate_cents > 0),
    programme_label text,
    programme_text text COLLATE "C",
    state text NOT NULL,
    deadline timestamptz,
    published_at timestamptz,
    listed_at timestamptz NOT NULL,
    closed_at timestamptz,
    ending_reason text,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (minutes_per_week IS NULL OR total_minutes IS NULL),
    CHECK (end_date IS NULL OR start_date IS NULL OR start_date <= end_date),
    CHECK ((external_hire_minutes IS NULL) = (external_hire_hourly_rate_cents IS NULL)),
    CHECK ((ending_reason IS NULL) = (ended_at IS NULL)),
    CHECK ((state IN ('CANCELLED', 'EXPIRED')) = (ending_reason IS NOT NULL)),
    CHECK (state <> 'OPEN' OR (published_at IS NOT NULL AND deadline IS NOT NULL))
);
-- Lists are walked newest first within a state; the deadline decides in the index whether a row is open still.
CREATE INDEX assignments_by_state ON assignments (state, listed_at, id, deadline);
CREATE INDEX assignments_by_organisation ON assignments (organisation_id, state, listed_at, id);
CREATE INDEX assignments_by_owner ON assignments (owner_id, listed_at, id);
CREATE INDEX assignments_by_unit ON assignments (unit_id);
CREATE INDEX assignments_by_deadline ON assignments (deadline) WHERE state = 'OPEN';

-- The long texts stand apart, so that walking a list reads narrow rows.
CREATE TABLE assignment_texts (
    assignment_id uuid PRIMARY KEY NOT NULL REFERENCES assignments (id),
    description text NOT NULL,
    intended_result text,
    deliverables jsonb NOT NULL,
    planning text,
    location text,
    review_remarks text,
    ending_note text,
    search_text text COLLATE "C" NOT NULL
);

CREATE TABLE assignment_co_owners (
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    place bigint NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    PRIMARY KEY (assignment_id, person_id)
);
CREATE INDEX assignment_co_owners_by_person ON assignment_co_owners (person_id, assignment_id);

-- announce_at: when the clock has to tell that the ring opened; empty once it is told, or when nobody has to.
CREATE TABLE assignment_rings (
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    ring text NOT NULL,
    place bigint NOT NULL,
    opens_at timestamptz NOT NULL,
    closes_at timestamptz,
    reason text,
    set_by uuid NOT NULL REFERENCES persons (id),
    announce_at timestamptz,
    PRIMARY KEY (assignment_id, ring),
    CHECK (closes_at IS NULL OR opens_at < closes_at)
);
CREATE INDEX assignment_rings_to_announce ON assignment_rings (announce_at) WHERE announce_at IS NOT NULL;
CREATE INDEX assignment_rings_by_setter ON assignment_rings (set_by);

CREATE TABLE assignment_ring_networks (
    assignment_id uuid NOT NULL,
    ring text NOT NULL,
    network_id uuid NOT NULL REFERENCES networks (id),
    PRIMARY KEY (assignment_id, ring, network_id),
    FOREIGN KEY (assignment_id, ring) REFERENCES assignment_rings (assignment_id, ring)
);
CREATE INDEX assignment_ring_networks_by_network ON assignment_ring_networks (network_id, assignment_id);

CREATE TABLE assignment_skills (
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    place bigint NOT NULL,
    is_required boolean NOT NULL,
    skill_id uuid REFERENCES skills (id),
    label text,
    PRIMARY KEY (assignment_id, place),
    CHECK ((skill_id IS NULL) <> (label IS NULL))
);
CREATE INDEX assignment_skills_by_skill ON assignment_skills (skill_id, assignment_id);

CREATE TABLE assignment_education_levels (
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    level text NOT NULL,
    PRIMARY KEY (assignment_id, level)
);
CREATE INDEX assignment_education_levels_by_level ON assignment_education_levels (level, assignment_id);

CREATE TABLE assignment_interests (
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    place bigint NOT NULL,
    interest text NOT NULL,
    interest_text text COLLATE "C" NOT NULL,
    PRIMARY KEY (assignment_id, place)
);
CREATE INDEX assignment_interests_by_text ON assignment_interests (interest_text, assignment_id);
