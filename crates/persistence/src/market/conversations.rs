//! Conversations between an employee and a client.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::conversations::{Click, Conversation, Side};
use domain::{ConversationId, ResponseId, TextEnum};

use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::responses::conversations;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = conversations, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    response_id: Key,
    planned_at: At,
    place: Option<String>,
    state: String,
    held_at: Option<At>,
    employee_click: Option<String>,
    employee_said_at: Option<At>,
    employee_note: Option<String>,
    client_click: Option<String>,
    client_said_at: Option<At>,
    client_note: Option<String>,
    created_at: At,
    modified_at: At,
}

impl From<&Conversation> for Row {
    fn from(conversation: &Conversation) -> Self {
        let Conversation {
            id,
            revision,
            response,
            planned_at,
            place,
            state,
            held_at,
            employee,
            client,
            created_at,
            modified_at,
        } = conversation.clone();
        let click = |click: Option<Click>| click.map(|click| click.as_str().to_owned());
        let Side { click: employee_click, said_at: employee_said_at, note: employee_note } = employee;
        let Side { click: client_click, said_at: client_said_at, note: client_note } = client;
        Self {
            id: id.into(),
            revision,
            response_id: response.into(),
            planned_at: At(planned_at),
            place,
            state: state.to_string(),
            held_at: held_at.map(At),
            employee_click: click(employee_click),
            employee_said_at: employee_said_at.map(At),
            employee_note,
            client_click: click(client_click),
            client_said_at: client_said_at.map(At),
            client_note,
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for Conversation {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            response_id,
            planned_at,
            place,
            state,
            held_at,
            employee_click,
            employee_said_at,
            employee_note,
            client_click,
            client_said_at,
            client_note,
            created_at,
            modified_at,
        } = row;
        let kept = Place::new("conversations", id);
        Ok(Self {
            id: id.to(),
            revision,
            response: response_id.to(),
            planned_at: planned_at.0,
            place,
            state: kept.value("state", &state)?,
            held_at: held_at.map(|at| at.0),
            employee: Side {
                click: kept.optional("employee_click", employee_click.as_deref())?,
                said_at: employee_said_at.map(|at| at.0),
                note: employee_note,
            },
            client: Side {
                click: kept.optional("client_click", client_click.as_deref())?,
                said_at: client_said_at.map(|at| at.0),
                note: client_note,
            },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(conversations, Conversation, ConversationId, Row);

/// All conversations of a dossier, in the order in which they were planned.
pub fn of_response(view: &mut View<'_>, response: ResponseId) -> Result<Vec<Conversation>> {
    let rows: Vec<Row> = each!(view.conn, |c| conversations::table
        .filter(conversations::response_id.eq(Key::from(response)))
        .order(conversations::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of the conversations of a dossier, newest first.
pub fn list(view: &mut View<'_>, response: ResponseId, request: &PageRequest) -> Result<Page<Conversation>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = conversations::table
            .filter(conversations::response_id.eq(Key::from(response)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, conversations::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Conversation>>>()?;
    Ok(request.page(items, |conversation| (String::new(), conversation.id.into())))
}
