DROP INDEX employments_by_hr_external_id;
DROP TABLE person_codes;
DROP TABLE staff_members;
ALTER TABLE persons DROP COLUMN claimed_at;
UPDATE persons SET email = id::text WHERE email IS NULL;
ALTER TABLE persons ALTER COLUMN email SET NOT NULL;
