DROP INDEX persons_by_status;
DROP TABLE offered_skills;
DROP TABLE profile_offers;
