-- The skill vocabulary: filled from data/skills.csv at start, when that file changed.
CREATE TABLE skills (
    id uuid PRIMARY KEY NOT NULL,
    uri text NOT NULL,
    label text NOT NULL,
    alternative_labels jsonb NOT NULL,
    kind text NOT NULL,
    sort_text text COLLATE "C" NOT NULL,
    search_text text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX skills_by_uri ON skills (uri);
CREATE INDEX skills_by_label ON skills (sort_text, id);

CREATE TABLE reference_lists (
    name text PRIMARY KEY NOT NULL,
    digest text NOT NULL
);

CREATE TABLE profiles (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    headline text,
    core_qualities jsonb NOT NULL,
    interests jsonb NOT NULL,
    ambition text,
    experience text,
    education_level text,
    entrepreneurship_level text,
    search_text text COLLATE "C" NOT NULL,
    level text COLLATE "C" NOT NULL CHECK (level IN ('V0', 'V1', 'V2', 'V3', 'V4', 'V5')),
    adviser_id uuid REFERENCES persons (id),
    paused_until timestamptz,
    name_on_public_card boolean NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX profiles_by_person ON profiles (person_id);
CREATE INDEX profiles_by_adviser ON profiles (adviser_id);
CREATE INDEX profiles_by_level ON profiles (level, id);

CREATE TABLE profile_fields_of_work (
    profile_id uuid NOT NULL REFERENCES profiles (id),
    position bigint NOT NULL,
    name text NOT NULL,
    search_text text COLLATE "C" NOT NULL,
    PRIMARY KEY (profile_id, position)
);
CREATE UNIQUE INDEX profile_fields_of_work_by_name ON profile_fields_of_work (search_text, profile_id);

-- The person stands here too, so that who belongs to the network is found without a detour.
CREATE TABLE profile_networks (
    profile_id uuid NOT NULL REFERENCES profiles (id),
    network_id uuid NOT NULL REFERENCES networks (id),
    person_id uuid NOT NULL REFERENCES persons (id),
    PRIMARY KEY (profile_id, network_id)
);
CREATE INDEX profile_networks_by_network ON profile_networks (network_id, profile_id);
CREATE INDEX profile_networks_by_person ON profile_networks (person_id);

CREATE TABLE profile_hidden_organisations (
    profile_id uuid NOT NULL REFERENCES profiles (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (profile_id, organisation_id)
);
CREATE INDEX profile_hidden_organisations_by_organisation ON profile_hidden_organisations (organisation_id, profile_id);

CREATE TABLE profile_skills (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    profile_id uuid NOT NULL REFERENCES profiles (id),
    skill_id uuid REFERENCES skills (id),
    free_text text,
    search_text text COLLATE "C" NOT NULL,
    level text,
    wants_to_use boolean NOT NULL,
    wants_to_learn boolean NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((skill_id IS NULL) <> (free_text IS NULL))
);
CREATE INDEX profile_skills_by_profile ON profile_skills (profile_id, id);
CREATE UNIQUE INDEX profile_skills_by_skill ON profile_skills (skill_id, profile_id);
CREATE UNIQUE INDEX profile_skills_by_text ON profile_skills (profile_id, search_text) WHERE skill_id IS NULL;

CREATE TABLE availabilities (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    profile_id uuid NOT NULL REFERENCES profiles (id),
    pattern text NOT NULL,
    minutes_per_week bigint CHECK (minutes_per_week BETWEEN 60 AND 2400),
    weekdays text NOT NULL,
    start_date date,
    end_date date,
    max_distance_kilometres bigint CHECK (max_distance_kilometres BETWEEN 0 AND 1000),
    remote boolean NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (start_date <= end_date)
);
CREATE INDEX availabilities_by_profile ON availabilities (profile_id, id);

CREATE TABLE profile_views (
    id uuid PRIMARY KEY NOT NULL,
    profile_id uuid NOT NULL REFERENCES profiles (id),
    viewer_id uuid NOT NULL REFERENCES persons (id),
    organisation_id uuid REFERENCES organisations (id),
    basis text NOT NULL,
    viewed_at timestamptz NOT NULL
);
CREATE INDEX profile_views_by_profile ON profile_views (profile_id, id);
CREATE INDEX profile_views_by_viewer ON profile_views (viewer_id);
CREATE INDEX profile_views_by_organisation ON profile_views (organisation_id);
