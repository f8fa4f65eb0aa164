-- The skill vocabulary: filled from data/skills.csv at start, when that file changed.
CREATE TABLE skills (
    id BLOB PRIMARY KEY NOT NULL,
    uri TEXT NOT NULL,
    label TEXT NOT NULL,
    alternative_labels BLOB NOT NULL,
    kind TEXT NOT NULL,
    sort_text TEXT NOT NULL,
    search_text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX skills_by_uri ON skills (uri);
CREATE INDEX skills_by_label ON skills (sort_text, id);

CREATE TABLE reference_lists (
    name TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TABLE profiles (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    headline TEXT,
    core_qualities BLOB NOT NULL,
    interests BLOB NOT NULL,
    ambition TEXT,
    experience TEXT,
    education_level TEXT,
    entrepreneurship_level TEXT,
    search_text TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('V0', 'V1', 'V2', 'V3', 'V4', 'V5')),
    adviser_id BLOB REFERENCES persons (id),
    paused_until INTEGER,
    name_on_public_card INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX profiles_by_person ON profiles (person_id);
CREATE INDEX profiles_by_adviser ON profiles (adviser_id);
CREATE INDEX profiles_by_level ON profiles (level, id);

CREATE TABLE profile_fields_of_work (
    profile_id BLOB NOT NULL REFERENCES profiles (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    PRIMARY KEY (profile_id, position)
) STRICT;
CREATE UNIQUE INDEX profile_fields_of_work_by_name ON profile_fields_of_work (search_text, profile_id);

-- The person stands here too, so that who belongs to the network is found without a detour.
CREATE TABLE profile_networks (
    profile_id BLOB NOT NULL REFERENCES profiles (id),
    network_id BLOB NOT NULL REFERENCES networks (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    PRIMARY KEY (profile_id, network_id)
) STRICT;
CREATE INDEX profile_networks_by_network ON profile_networks (network_id, profile_id);
CREATE INDEX profile_networks_by_person ON profile_networks (person_id);

CREATE TABLE profile_hidden_organisations (
    profile_id BLOB NOT NULL REFERENCES profiles (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (profile_id, organisation_id)
) STRICT;
CREATE INDEX profile_hidden_organisations_by_organisation ON profile_hidden_organisations (organisation_id, profile_id);

CREATE TABLE profile_skills (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    profile_id BLOB NOT NULL REFERENCES profiles (id),
    skill_id BLOB REFERENCES skills (id),
    free_text TEXT,
    search_text TEXT NOT NULL,
    level TEXT,
    wants_to_use INTEGER NOT NULL,
    wants_to_learn INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((skill_id IS NULL) <> (free_text IS NULL))
) STRICT;
CREATE INDEX profile_skills_by_profile ON profile_skills (profile_id, id);
CREATE UNIQUE INDEX profile_skills_by_skill ON profile_skills (skill_id, profile_id);
CREATE UNIQUE INDEX profile_skills_by_text ON profile_skills (profile_id, search_text) WHERE skill_id IS NULL;

CREATE TABLE availabilities (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    profile_id BLOB NOT NULL REFERENCES profiles (id),
    pattern TEXT NOT NULL,
    minutes_per_week INTEGER CHECK (minutes_per_week BETWEEN 60 AND 2400),
    weekdays TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    max_distance_kilometres INTEGER CHECK (max_distance_kilometres BETWEEN 0 AND 1000),
    remote INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (start_date <= end_date)
) STRICT;
CREATE INDEX availabilities_by_profile ON availabilities (profile_id, id);

CREATE TABLE profile_views (
    id BLOB PRIMARY KEY NOT NULL,
    profile_id BLOB NOT NULL REFERENCES profiles (id),
    viewer_id BLOB NOT NULL REFERENCES persons (id),
    organisation_id BLOB REFERENCES organisations (id),
    basis TEXT NOT NULL,
    viewed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX profile_views_by_profile ON profile_views (profile_id, id);
CREATE INDEX profile_views_by_viewer ON profile_views (viewer_id);
CREATE INDEX profile_views_by_organisation ON profile_views (organisation_id);
