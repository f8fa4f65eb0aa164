ALTER TABLE assignment_texts ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
DROP TABLE assignment_terms;
DELETE FROM reference_lists WHERE name = 'assignment_terms';
