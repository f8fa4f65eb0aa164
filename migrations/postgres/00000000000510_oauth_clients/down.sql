ALTER TABLE audit_events DROP COLUMN oauth_client_id;
DROP INDEX sessions_by_oauth_client;
ALTER TABLE sessions DROP COLUMN oauth_client_id;
ALTER TABLE sessions DROP COLUMN scope;
DROP TABLE revoked_tokens;
DROP TABLE used_tokens;
DROP TABLE oauth_secrets;
DROP TABLE oauth_clients;
