ALTER TABLE profiles ADD COLUMN search_text text COLLATE "C" NOT NULL DEFAULT '';
DROP TABLE profile_terms;
DELETE FROM reference_lists WHERE name = 'profile_terms';
