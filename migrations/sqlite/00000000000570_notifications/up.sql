-- What happened says what state was reached and who did it, so that nobody is told of what they did themselves.
ALTER TABLE events ADD COLUMN state TEXT;
ALTER TABLE events ADD COLUMN actor_id BLOB;

-- How far those who read the events for others have come. A page of events may take several steps.
CREATE TABLE outbox_readers (
    name TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    until_position INTEGER NOT NULL,
    after_id BLOB,
    CHECK (position <= until_position)
) STRICT;
-- What happened before is not told.
INSERT INTO outbox_readers (name, position, until_position)
    SELECT 'notifications', COALESCE(MAX(position), 0), COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL;
INSERT INTO outbox_readers (name, position, until_position)
    SELECT 'saved-searches', COALESCE(MAX(position), 0), COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL;

CREATE TABLE saved_searches (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    criteria BLOB NOT NULL,
    frequency TEXT NOT NULL,
    next_telling_at INTEGER,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_searches_by_person ON saved_searches (person_id, id);
CREATE INDEX saved_searches_alerting ON saved_searches (id) WHERE frequency <> 'NONE';
CREATE INDEX saved_searches_to_tell ON saved_searches (next_telling_at) WHERE next_telling_at IS NOT NULL;

-- What a search found: each klus once, however often it opens wider.
CREATE TABLE saved_search_hits (
    search_id BLOB NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    found_at INTEGER NOT NULL,
    told_at INTEGER,
    PRIMARY KEY (search_id, assignment_id)
) STRICT;
CREATE INDEX saved_search_hits_waiting ON saved_search_hits (search_id) WHERE told_at IS NULL;
CREATE INDEX saved_search_hits_by_assignment ON saved_search_hits (assignment_id);

CREATE TABLE notifications (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    event_seq INTEGER,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    organisation_id BLOB,
    role TEXT,
    state TEXT,
    search_id BLOB,
    assignment_ids BLOB,
    occurred_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    mail_at INTEGER,
    mailed_at INTEGER,
    CHECK ((search_id IS NULL) = (assignment_ids IS NULL))
) STRICT;
CREATE UNIQUE INDEX notifications_by_event ON notifications (event_seq, person_id) WHERE event_seq IS NOT NULL;
CREATE INDEX notifications_by_person ON notifications (person_id, id);
CREATE INDEX notifications_unread ON notifications (person_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_creation ON notifications (created_at);
CREATE INDEX notifications_to_mail ON notifications (mail_at) WHERE mail_at IS NOT NULL;

CREATE TABLE notification_preferences (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES persons (id),
    revision INTEGER NOT NULL,
    email BLOB NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
