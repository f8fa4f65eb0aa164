-- What the busiest clients asked of each instance in a minute, so that all instances together keep to the limit.
CREATE TABLE request_counts (
    minute bigint NOT NULL,
    client text NOT NULL,
    instance_id uuid NOT NULL,
    requests bigint NOT NULL,
    PRIMARY KEY (minute, client, instance_id)
);
