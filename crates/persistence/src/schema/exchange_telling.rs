//! The columns of notifications and mail, of saved searches that make them, and of fair use; the parity test compares.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    outbox_readers (name) {
        name -> Text,
        position -> BigInt,
        until_position -> BigInt,
        after_id -> Nullable<Uid>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    saved_searches (id) {
        id -> Uid,
        revision -> BigInt,
        person_id -> Uid,
        name -> Text,
        criteria -> Jsonb,
        frequency -> Text,
        next_telling_at -> Nullable<Instant>,
        created_at -> Instant,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    saved_search_hits (search_id, assignment_id) {
        search_id -> Uid,
        assignment_id -> Uid,
        found_at -> Instant,
        told_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    notifications (id) {
        id -> Uid,
        revision -> BigInt,
        person_id -> Uid,
        kind -> Text,
        event_seq -> Nullable<BigInt>,
        subject_kind -> Text,
        subject_id -> Uid,
        organisation_id -> Nullable<Uid>,
        role -> Nullable<Text>,
        state -> Nullable<Text>,
        search_id -> Nullable<Uid>,
        assignment_ids -> Nullable<Jsonb>,
        occurred_at -> Instant,
        created_at -> Instant,
        read_at -> Nullable<Instant>,
        mail_at -> Nullable<Instant>,
        mailed_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    notification_preferences (person_id) {
        person_id -> Uid,
        revision -> BigInt,
        email -> Jsonb,
        modified_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    mails (id) {
        id -> Uid,
        revision -> BigInt,
        person_id -> Uid,
        attempts -> BigInt,
        due_at -> Nullable<Instant>,
        sent_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    mail_notifications (mail_id, notification_id) {
        mail_id -> Uid,
        notification_id -> Uid,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    mail_links (person_id) {
        person_id -> Uid,
        secret -> Text,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    request_counts (minute, client, instance_id) {
        minute -> BigInt,
        client -> Text,
        instance_id -> Uid,
        requests -> BigInt,
    }
}

allow_tables_to_appear_in_same_query!(
    outbox_readers,
    saved_searches,
    saved_search_hits,
    notifications,
    notification_preferences,
    mails,
    mail_notifications,
    mail_links,
    request_counts
);
