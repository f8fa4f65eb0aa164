DROP TABLE notification_preferences;
DROP TABLE notifications;
DROP TABLE saved_search_hits;
DROP TABLE saved_searches;
DROP TABLE outbox_readers;
ALTER TABLE events DROP COLUMN actor_id;
ALTER TABLE events DROP COLUMN state;
