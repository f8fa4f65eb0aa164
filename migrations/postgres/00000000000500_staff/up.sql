-- Somebody whom two organisations employ is two people until they say otherwise, and one address signs in one person.
DROP INDEX persons_by_email;
ALTER TABLE persons ALTER COLUMN email DROP NOT NULL;
CREATE UNIQUE INDEX persons_by_email ON persons (email);
ALTER TABLE persons ADD COLUMN claimed_at timestamptz;

CREATE TABLE staff_members (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    person_id uuid NOT NULL REFERENCES persons (id),
    employment_id uuid NOT NULL REFERENCES employments (id),
    employee_number text,
    external_id text,
    user_name text,
    user_name_key text,
    given_name text NOT NULL,
    infix text,
    family_name text NOT NULL,
    email text,
    email_key text,
    language text NOT NULL,
    function text,
    department text,
    cost_center text,
    manager text,
    contract_minutes_per_week bigint,
    working_days_per_week bigint,
    start_date date,
    end_date date,
    active boolean NOT NULL,
    sent text,
    inactive_since date,
    left_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX staff_members_by_employee_number ON staff_members (organisation_id, employee_number);
CREATE UNIQUE INDEX staff_members_by_external_id ON staff_members (organisation_id, external_id);
CREATE UNIQUE INDEX staff_members_by_user_name ON staff_members (organisation_id, user_name_key);
CREATE INDEX staff_members_by_email ON staff_members (organisation_id, email_key);
CREATE INDEX staff_members_by_manager ON staff_members (organisation_id, manager);
CREATE INDEX staff_members_in_order ON staff_members (organisation_id, id);
CREATE INDEX staff_members_by_person ON staff_members (person_id);
CREATE INDEX staff_members_by_employment ON staff_members (employment_id);

CREATE TABLE person_codes (
    hash text PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    purpose text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX person_codes_by_person ON person_codes (person_id, purpose);
CREATE INDEX employments_by_hr_external_id ON employments (organisation_id, hr_external_id);
