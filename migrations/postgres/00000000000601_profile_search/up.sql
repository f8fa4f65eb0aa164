-- What is searched of profiles: the terms of what every card shows, made by `domain::search`. Filled at start where the
-- way of reading words changed.
CREATE TABLE profile_terms (
    profile_id uuid NOT NULL REFERENCES profiles (id),
    term text COLLATE "C" NOT NULL,
    PRIMARY KEY (profile_id, term)
);
CREATE INDEX profile_terms_by_term ON profile_terms (term, profile_id);
ALTER TABLE profiles DROP COLUMN search_text;
