-- Somebody whom two organisations employ is two people until they say otherwise, and one address signs in one person.
DROP INDEX persons_by_email;
ALTER TABLE persons RENAME COLUMN email TO former_email;
ALTER TABLE persons ADD COLUMN email TEXT;
UPDATE persons SET email = former_email;
ALTER TABLE persons DROP COLUMN former_email;
CREATE UNIQUE INDEX persons_by_email ON persons (email);
ALTER TABLE persons ADD COLUMN claimed_at INTEGER;

CREATE TABLE staff_members (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    employment_id BLOB NOT NULL REFERENCES employments (id),
    employee_number TEXT,
    external_id TEXT,
    user_name TEXT,
    user_name_key TEXT,
    given_name TEXT NOT NULL,
    infix TEXT,
    family_name TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    language TEXT NOT NULL,
    function TEXT,
    department TEXT,
    cost_center TEXT,
    manager TEXT,
    contract_minutes_per_week INTEGER,
    working_days_per_week INTEGER,
    start_date TEXT,
    end_date TEXT,
    active INTEGER NOT NULL,
    sent TEXT,
    inactive_since TEXT,
    left_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX staff_members_by_employee_number ON staff_members (organisation_id, employee_number);
CREATE UNIQUE INDEX staff_members_by_external_id ON staff_members (organisation_id, external_id);
CREATE UNIQUE INDEX staff_members_by_user_name ON staff_members (organisation_id, user_name_key);
CREATE INDEX staff_members_by_email ON staff_members (organisation_id, email_key);
CREATE INDEX staff_members_by_manager ON staff_members (organisation_id, manager);
CREATE INDEX staff_members_in_order ON staff_members (organisation_id, id);
CREATE INDEX staff_members_by_person ON staff_members (person_id);
CREATE INDEX staff_members_by_employment ON staff_members (employment_id);

CREATE TABLE person_codes (
    hash TEXT PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    purpose TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_codes_by_person ON person_codes (person_id, purpose);
CREATE INDEX employments_by_hr_external_id ON employments (organisation_id, hr_external_id);
