DROP INDEX events_by_position;
CREATE UNIQUE INDEX events_by_position ON events (position) WHERE position IS NOT NULL;

-- The key is the table: one tree less for each audience of each event.
CREATE TABLE lighter_audiences (
    seq INTEGER NOT NULL REFERENCES events (seq),
    audience TEXT NOT NULL,
    PRIMARY KEY (audience, seq)
) WITHOUT ROWID, STRICT;
INSERT INTO lighter_audiences (seq, audience) SELECT seq, audience FROM event_audiences;
DROP TABLE event_audiences;
ALTER TABLE lighter_audiences RENAME TO event_audiences;
CREATE INDEX event_audiences_by_seq ON event_audiences (seq);
