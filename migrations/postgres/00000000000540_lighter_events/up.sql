DROP INDEX events_by_position;
CREATE UNIQUE INDEX events_by_position ON events (position) WHERE position IS NOT NULL;
