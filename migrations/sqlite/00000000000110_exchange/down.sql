DROP TABLE event_audiences;
DROP TABLE events;
DROP TABLE remembered_answers;
DROP TABLE signing_keys;
