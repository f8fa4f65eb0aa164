DROP TABLE assignment_interests;
DROP TABLE assignment_education_levels;
DROP TABLE assignment_skills;
DROP TABLE assignment_ring_networks;
DROP TABLE assignment_rings;
DROP TABLE assignment_co_owners;
DROP TABLE assignment_texts;
DROP TABLE assignments;
