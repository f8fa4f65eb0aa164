DROP INDEX events_by_position;
CREATE UNIQUE INDEX events_by_position ON events (position);

CREATE TABLE heavier_audiences (
    seq INTEGER NOT NULL REFERENCES events (seq),
    audience TEXT NOT NULL,
    PRIMARY KEY (audience, seq)
) STRICT;
INSERT INTO heavier_audiences (seq, audience) SELECT seq, audience FROM event_audiences;
DROP TABLE event_audiences;
ALTER TABLE heavier_audiences RENAME TO event_audiences;
CREATE INDEX event_audiences_by_seq ON event_audiences (seq);
