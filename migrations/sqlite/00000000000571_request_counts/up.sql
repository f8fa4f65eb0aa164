-- What the busiest clients asked of each instance in a minute, so that all instances together keep to the limit.
CREATE TABLE request_counts (
    minute INTEGER NOT NULL,
    client TEXT NOT NULL,
    instance_id BLOB NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (minute, client, instance_id)
) STRICT;
