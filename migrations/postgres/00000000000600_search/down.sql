ALTER TABLE assignment_texts ADD COLUMN search_text text COLLATE "C" NOT NULL DEFAULT '';
DROP TABLE assignment_terms;
DELETE FROM reference_lists WHERE name = 'assignment_terms';
