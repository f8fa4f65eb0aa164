CREATE TABLE assignments (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    unit_id BLOB REFERENCES units (id),
    owner_id BLOB NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    minutes_per_week INTEGER CHECK (minutes_per_week BETWEEN 60 AND 2400),
    total_minutes INTEGER CHECK (total_minutes >= 60),
    weekly_minutes INTEGER,
    start_date TEXT,
    end_date TEXT,
    positions INTEGER NOT NULL CHECK (positions >= 0),
    scale_level TEXT NOT NULL,
    region TEXT,
    region_text TEXT,
    remote TEXT NOT NULL,
    charge_basis TEXT NOT NULL,
    external_hire_minutes INTEGER CHECK (external_hire_minutes > 0),
    external_hire_hourly_rate_cents INTEGER CHECK (external_hire_hourly_rate_cents > 0),
    programme_label TEXT,
    programme_text TEXT,
    state TEXT NOT NULL,
    deadline INTEGER,
    published_at INTEGER,
    listed_at INTEGER NOT NULL,
    closed_at INTEGER,
    ending_reason TEXT,
    ended_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (minutes_per_week IS NULL OR total_minutes IS NULL),
    CHECK (end_date IS NULL OR start_date IS NULL OR start_date <= end_date),
    CHECK ((external_hire_minutes IS NULL) = (external_hire_hourly_rate_cents IS NULL)),
    CHECK ((ending_reason IS NULL) = (ended_at IS NULL)),
    CHECK ((state IN ('CANCELLED', 'EXPIRED')) = (ending_reason IS NOT NULL)),
    CHECK (state <> 'OPEN' OR (published_at IS NOT NULL AND deadline IS NOT NULL))
) STRICT;
-- Lists are walked newest first within a state; the deadline decides in the index whether a row is open still.
CREATE INDEX assignments_by_state ON assignments (state, listed_at, id, deadline);
CREATE INDEX assignments_by_organisation ON assignments (organisation_id, state, listed_at, id);
CREATE INDEX assignments_by_owner ON assignments (owner_id, listed_at, id);
CREATE INDEX assignments_by_unit ON assignments (unit_id);
CREATE INDEX assignments_by_deadline ON assignments (deadline) WHERE state = 'OPEN';

-- The long texts stand apart, so that walking a list reads narrow rows.
CREATE TABLE assignment_texts (
    assignment_id BLOB PRIMARY KEY NOT NULL REFERENCES assignments (id),
    description TEXT NOT NULL,
    intended_result TEXT,
    deliverables BLOB NOT NULL,
    planning TEXT,
    location TEXT,
    review_remarks TEXT,
    ending_note TEXT,
    search_text TEXT NOT NULL
) STRICT;

CREATE TABLE assignment_co_owners (
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    place INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    PRIMARY KEY (assignment_id, person_id)
) STRICT;
CREATE INDEX assignment_co_owners_by_person ON assignment_co_owners (person_id, assignment_id);

-- announce_at: when the clock has to tell that the ring opened; empty once it is told, or when nobody has to.
CREATE TABLE assignment_rings (
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    ring TEXT NOT NULL,
    place INTEGER NOT NULL,
    opens_at INTEGER NOT NULL,
    closes_at INTEGER,
    reason TEXT,
    set_by BLOB NOT NULL REFERENCES persons (id),
    announce_at INTEGER,
    PRIMARY KEY (assignment_id, ring),
    CHECK (closes_at IS NULL OR opens_at < closes_at)
) STRICT;
CREATE INDEX assignment_rings_to_announce ON assignment_rings (announce_at) WHERE announce_at IS NOT NULL;
CREATE INDEX assignment_rings_by_setter ON assignment_rings (set_by);

CREATE TABLE assignment_ring_networks (
    assignment_id BLOB NOT NULL,
    ring TEXT NOT NULL,
    network_id BLOB NOT NULL REFERENCES networks (id),
    PRIMARY KEY (assignment_id, ring, network_id),
    FOREIGN KEY (assignment_id, ring) REFERENCES assignment_rings (assignment_id, ring)
) STRICT;
CREATE INDEX assignment_ring_networks_by_network ON assignment_ring_networks (network_id, assignment_id);

CREATE TABLE assignment_skills (
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    place INTEGER NOT NULL,
    is_required INTEGER NOT NULL,
    skill_id BLOB REFERENCES skills (id),
    label TEXT,
    PRIMARY KEY (assignment_id, place),
    CHECK ((skill_id IS NULL) <> (label IS NULL))
) STRICT;
CREATE INDEX assignment_skills_by_skill ON assignment_skills (skill_id, assignment_id);

CREATE TABLE assignment_education_levels (
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    level TEXT NOT NULL,
    PRIMARY KEY (assignment_id, level)
) STRICT;
CREATE INDEX assignment_education_levels_by_level ON assignment_education_levels (level, assignment_id);

CREATE TABLE assignment_interests (
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    place INTEGER NOT NULL,
    interest TEXT NOT NULL,
    interest_text TEXT NOT NULL,
    PRIMARY KEY (assignment_id, place)
) STRICT;
CREATE INDEX assignment_interests_by_text ON assignment_interests (interest_text, assignment_id);
