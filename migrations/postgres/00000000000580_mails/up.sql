-- Mail that is to be sent, or was: while it waits, or somebody is sending it, it is due at a moment.
CREATE TABLE mails (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    attempts bigint NOT NULL,
    due_at timestamptz,
    sent_at timestamptz,
    created_at timestamptz NOT NULL,
    CHECK (due_at IS NULL OR sent_at IS NULL)
);
CREATE INDEX mails_by_person ON mails (person_id);
CREATE INDEX mails_by_creation ON mails (created_at);
CREATE INDEX mails_due ON mails (due_at) WHERE due_at IS NOT NULL;

-- Which notifications stand in it.
CREATE TABLE mail_notifications (
    mail_id uuid NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
    notification_id uuid NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    PRIMARY KEY (mail_id, notification_id)
);
CREATE INDEX mail_notifications_by_notification ON mail_notifications (notification_id);

-- The secret in the link of somebody's mail by which whoever has it ends that mail.
CREATE TABLE mail_links (
    person_id uuid PRIMARY KEY NOT NULL REFERENCES persons (id),
    secret text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX mail_links_by_secret ON mail_links (secret);
