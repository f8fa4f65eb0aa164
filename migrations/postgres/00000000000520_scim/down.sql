DROP INDEX units_by_external_id;
ALTER TABLE units DROP COLUMN external_id;
DROP TABLE scim_tokens;
