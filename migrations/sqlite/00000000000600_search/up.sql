-- What is searched: the terms of each klus with their weight, made by `domain::search`. A plain table, so that both
-- databases find and rank alike. Filled at start where the way of reading words changed.
CREATE TABLE assignment_terms (
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    term TEXT NOT NULL,
    weight INTEGER NOT NULL CHECK (weight > 0),
    PRIMARY KEY (assignment_id, term)
) STRICT;
CREATE INDEX assignment_terms_by_term ON assignment_terms (term, assignment_id, weight);
ALTER TABLE assignment_texts DROP COLUMN search_text;
