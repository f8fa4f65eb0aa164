-- What people have to offer, as matches lay it beside a klus: kept with the profile, in one transaction. Filled at start
-- where the way of keeping it changed.
CREATE TABLE profile_offers (
    profile_id uuid PRIMARY KEY NOT NULL REFERENCES profiles (id),
    offered text NOT NULL
);

-- The skills of everybody who shows themselves to clients: V3 and wider. Who looks for people reads nothing else first.
CREATE TABLE offered_skills (
    skill_id uuid NOT NULL REFERENCES skills (id),
    profile_id uuid NOT NULL REFERENCES profiles (id),
    PRIMARY KEY (skill_id, profile_id)
);
CREATE INDEX offered_skills_by_profile ON offered_skills (profile_id);

-- Whose access was closed is left out of every list of people.
CREATE INDEX persons_by_status ON persons (status, id);
