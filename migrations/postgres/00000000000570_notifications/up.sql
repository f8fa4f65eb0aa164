-- What happened says what state was reached and who did it, so that nobody is told of what they did themselves.
ALTER TABLE events ADD COLUMN state text;
ALTER TABLE events ADD COLUMN actor_id uuid;

-- How far those who read the events for others have come. A page of events may take several steps.
CREATE TABLE outbox_readers (
    name text PRIMARY KEY NOT NULL,
    position bigint NOT NULL,
    until_position bigint NOT NULL,
    after_id uuid,
    CHECK (position <= until_position)
);
-- What happened before is not told.
INSERT INTO outbox_readers (name, position, until_position)
    SELECT 'notifications', COALESCE(MAX(position), 0), COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL;
INSERT INTO outbox_readers (name, position, until_position)
    SELECT 'saved-searches', COALESCE(MAX(position), 0), COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL;

CREATE TABLE saved_searches (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    name text NOT NULL,
    criteria jsonb NOT NULL,
    frequency text NOT NULL,
    next_telling_at timestamptz,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE INDEX saved_searches_by_person ON saved_searches (person_id, id);
CREATE INDEX saved_searches_alerting ON saved_searches (id) WHERE frequency <> 'NONE';
CREATE INDEX saved_searches_to_tell ON saved_searches (next_telling_at) WHERE next_telling_at IS NOT NULL;

-- What a search found: each klus once, however often it opens wider.
CREATE TABLE saved_search_hits (
    search_id uuid NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    assignment_id uuid NOT NULL REFERENCES assignments (id),
    found_at timestamptz NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (search_id, assignment_id)
);
CREATE INDEX saved_search_hits_waiting ON saved_search_hits (search_id) WHERE told_at IS NULL;
CREATE INDEX saved_search_hits_by_assignment ON saved_search_hits (assignment_id);

CREATE TABLE notifications (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    kind text NOT NULL,
    event_seq bigint,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    organisation_id uuid,
    role text,
    state text,
    search_id uuid,
    assignment_ids jsonb,
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    mail_at timestamptz,
    mailed_at timestamptz,
    CHECK ((search_id IS NULL) = (assignment_ids IS NULL))
);
CREATE UNIQUE INDEX notifications_by_event ON notifications (event_seq, person_id) WHERE event_seq IS NOT NULL;
CREATE INDEX notifications_by_person ON notifications (person_id, id);
CREATE INDEX notifications_unread ON notifications (person_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_creation ON notifications (created_at);
CREATE INDEX notifications_to_mail ON notifications (mail_at) WHERE mail_at IS NOT NULL;

CREATE TABLE notification_preferences (
    person_id uuid PRIMARY KEY NOT NULL REFERENCES persons (id),
    revision bigint NOT NULL,
    email jsonb NOT NULL,
    modified_at timestamptz NOT NULL
);
