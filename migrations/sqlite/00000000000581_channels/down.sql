DELETE FROM outbox_readers WHERE name = 'channels';
DROP TABLE channel_deliveries;
DROP TABLE channel_hits;
DROP TABLE channels;
