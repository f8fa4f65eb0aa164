DROP TABLE mail_links;
DROP TABLE mail_notifications;
DROP TABLE mails;
