-- Mail that is to be sent, or was: while it waits, or somebody is sending it, it is due at a moment.
CREATE TABLE mails (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    sent_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK (due_at IS NULL OR sent_at IS NULL)
) STRICT;
CREATE INDEX mails_by_person ON mails (person_id);
CREATE INDEX mails_by_creation ON mails (created_at);
CREATE INDEX mails_due ON mails (due_at) WHERE due_at IS NOT NULL;

-- Which notifications stand in it.
CREATE TABLE mail_notifications (
    mail_id BLOB NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
    notification_id BLOB NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    PRIMARY KEY (mail_id, notification_id)
) STRICT;
CREATE INDEX mail_notifications_by_notification ON mail_notifications (notification_id);

-- The secret in the link of somebody's mail by which whoever has it ends that mail.
CREATE TABLE mail_links (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES persons (id),
    secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX mail_links_by_secret ON mail_links (secret);
