DROP TABLE webhook_deliveries;
DROP TABLE webhook_queues;
DROP TABLE webhook_keys;
DROP TABLE webhook_subscriptions;
