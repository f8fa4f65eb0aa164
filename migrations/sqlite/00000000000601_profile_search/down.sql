ALTER TABLE profiles ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
DROP TABLE profile_terms;
DELETE FROM reference_lists WHERE name = 'profile_terms';
