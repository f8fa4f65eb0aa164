//! How fast staff comes in by file and by SCIM, beside a raw upsert of the same rows into the same database: `cargo
//! xtask bench staff`. Everything is measured in one run, over HTTP, on both databases.

use std::time::{Duration, Instant};

use contract_tests::{Answer, Client, Kind, Organisation, Service, World};
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use serde_json::{Value, json};

/// How many employees come in.
const EMPLOYEES: usize = 10_000;
/// As many rows go into one statement: SQLite takes no more values.
const AT_ONCE: usize = 500;
/// As many rows of a table go into one transaction, as in the service.
const TOGETHER: usize = 1000;
/// As many operations go into one SCIM request: the service takes no more.
const IN_BULK: usize = 1000;
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const KLUSNET: &str = "urn:ietf:params:scim:schemas:extension:klusnet:1:User";
/// What is kept of an employee, in the order in which it refers to one another.
const TABLES: [&str; 3] = ["persons", "employments", "staff_members"];

fn main() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let settings = [("KLUSNET_LOG_LEVEL", "error")];
        let Some(by_file) = Service::start_with(kind, &settings) else { continue };
        println!("{kind:?}, {EMPLOYEES} employees");
        let first = measure_file(&by_file);
        let mut database = Raw::open(by_file.database_url());
        let rows = database.taken_out();
        let raw = timed("raw upsert of the same rows", || database.upsert(&rows));
        drop(by_file);
        let Some(by_scim) = Service::start_with(kind, &settings) else { continue };
        let bulk = measure_scim(&by_scim);
        let share = |of: Duration| raw.as_secs_f64() / of.as_secs_f64();
        println!(
            "  of the raw upsert: first sync by file {:.2} (the goal is more than 0.33), by SCIM {:.2}",
            share(first),
            share(bulk)
        );
    }
}

fn measure_file(service: &Service) -> Duration {
    let oss = World::new(service).organisation("Gemeente Oss");
    let first = timed("first sync by file", || apply(&oss, "mode=APPLY&firstLoad=true", &file("")));
    timed("unchanged re-sync by file", || apply(&oss, "mode=APPLY", &file("\n")));
    first
}

fn measure_scim(service: &Service) -> Duration {
    let oss = World::new(service).organisation("Gemeente Oss");
    let draft = json!({"label": "Entra ID", "expiresAt": "2028-02-29T00:00:00Z"});
    let token = oss.administrator.client.post(&format!("/organisations/{}/scim-tokens", oss.id), &draft).expect(201);
    let system = service.anonymous().with_token(token.text_at("/token"));
    let address = format!("{}/scim/v2/Bulk", service.root());
    let mut ids = Vec::new();
    let first = timed("first sync by SCIM Bulk", || {
        for start in (0..EMPLOYEES).step_by(IN_BULK) {
            ids.extend(bulk(&system, &address, (start..start + IN_BULK).map(added).collect()));
        }
    });
    timed("unchanged re-sync by SCIM Bulk", || {
        for start in (0..EMPLOYEES).step_by(IN_BULK) {
            bulk(&system, &address, (start..start + IN_BULK).map(|number| put(number, &ids)).collect());
        }
    });
    first
}

/// Sends operations; the ids of the users in the answer.
fn bulk(system: &Client, address: &str, operations: Vec<Value>) -> Vec<String> {
    let body = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": operations});
    let sent = Some(("application/scim+json", &*body.to_string()));
    let answer = system.send_text("POST", address, sent).expect(200);
    let lines = answer.body["Operations"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["error"].is_null() && line["response"].is_null()), "{}", answer.text);
    lines.iter().map(|line| line["location"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
}

/// The manager of each ten is the first of them, in the same request.
fn added(number: usize) -> Value {
    let manager = format!("bulkId:{}", number / 10 * 10);
    json!({"method": "POST", "path": "/Users", "bulkId": number.to_string(), "data": user(number, &manager)})
}

fn put(number: usize, ids: &[String]) -> Value {
    json!({"method": "PUT", "path": format!("/Users/{}", ids[number]), "data": user(number, &ids[number / 10 * 10])})
}

/// The same employee as in the file.
fn user(number: usize, manager: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, KLUSNET],
        "userName": format!("p{number}@oss.example"),
        "name": {"givenName": format!("Voornaam{number}"), "familyName": format!("Achternaam{number}")},
        "emails": [{"value": format!("p{number}@oss.example"), "type": "work", "primary": true}],
        "title": "Adviseur",
        "active": true,
        ENTERPRISE: {"employeeNumber": format!("{number:07}"), "department": format!("Afdeling {}", number % 100), "manager": {"value": manager}},
        KLUSNET: {"infix": "van", "contractMinutesPerWeek": 1920, "startDate": "2019-03-01"},
    })
}

fn timed(what: &str, work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    let took = began.elapsed();
    let rows = u32::try_from(EMPLOYEES).unwrap();
    println!("  {what}: {:.2} s, {:.0} rows/s", took.as_secs_f64(), f64::from(rows) / took.as_secs_f64());
    took
}

/// Every tenth employee is a manager; there are a hundred departments.
fn file(end: &str) -> String {
    let mut text = "personeelsnummer;roepnaam;tussenvoegsel;achternaam;email_werk;afdeling_code;leidinggevende_nummer;uren_per_week;begindatum;einddatum;functie\n".to_owned();
    for number in 0..EMPLOYEES {
        let (manager, department) = (number / 10 * 10, number % 100);
        text += &format!(
            "{number:07};Voornaam{number};van;Achternaam{number};p{number}@oss.example;Afdeling {department};{manager:07};32,0;2019-03-01;;Adviseur\n"
        );
    }
    text + end
}

/// Sends a file and waits until it is applied.
fn apply(oss: &Organisation, query: &str, text: &str) {
    let client = &oss.administrator.client;
    let path = format!("/organisations/{}/staff-imports", oss.id);
    let sent = client.send_text("POST", &format!("{path}?{query}"), Some(("text/csv", text))).expect(201);
    let state = |import: &Answer| import.body["state"].as_str().unwrap().to_owned();
    let mut import = sent;
    while state(&import) == "APPLYING" {
        std::thread::sleep(Duration::from_millis(5));
        import = client.get(&format!("{path}/{}", import.id())).expect(200);
    }
    assert_eq!(
        (state(&import).as_str(), import.body["planned"]["rejected"].as_i64()),
        ("APPLIED", Some(0)),
        "{}",
        import.text
    );
}

/// One connection to the database of the service, without the service.
enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The columns of a table, and its rows as they stand in a statement.
type Rows = Vec<(&'static str, Vec<String>, Vec<String>)>;

impl Raw {
    fn open(url: &str) -> Self {
        if url.starts_with("postgres") {
            return Self::Postgres(PgConnection::establish(url).unwrap());
        }
        let mut connection = SqliteConnection::establish(url).unwrap();
        // With the settings of the service.
        let settings = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;";
        connection.batch_execute(settings).unwrap();
        Self::Sqlite(connection)
    }

    fn lines(&mut self, sql: &str) -> Vec<String> {
        let lines: Vec<Line> = match self {
            Self::Sqlite(connection) => sql_query(sql).load(connection).unwrap(),
            Self::Postgres(connection) => sql_query(sql).load(connection).unwrap(),
        };
        lines.into_iter().map(|line| line.line).collect()
    }

    fn execute(&mut self, sql: &str) {
        match self {
            Self::Sqlite(connection) => connection.batch_execute(sql).unwrap(),
            Self::Postgres(connection) => connection.batch_execute(sql).unwrap(),
        }
    }

    /// What the sync wrote, taken out of the database.
    fn taken_out(&mut self) -> Rows {
        let of_staff = |table: &str| match table {
            "persons" => "WHERE id IN (SELECT person_id FROM staff_members)",
            "employments" => "WHERE id IN (SELECT employment_id FROM staff_members)",
            _ => "",
        };
        let mut rows = Rows::new();
        for table in TABLES {
            let columns = match self {
                Self::Sqlite(_) => self.lines(&format!("SELECT name AS line FROM pragma_table_info('{table}')")),
                Self::Postgres(_) => self.lines(&format!(
                    "SELECT column_name::text AS line FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position"
                )),
            };
            let quoted: Vec<String> = match self {
                Self::Sqlite(_) => columns.iter().map(|column| format!("quote({column})")).collect(),
                Self::Postgres(_) => columns.iter().map(|column| format!("quote_nullable({column}::text)")).collect(),
            };
            let select =
                format!("SELECT '(' || {} || ')' AS line FROM {table} {}", quoted.join(" || ',' || "), of_staff(table));
            rows.push((table, columns, self.lines(&select)));
        }
        let (people, employments) = (of_staff("persons"), of_staff("employments"));
        self.execute(&format!("CREATE TABLE gone_people AS SELECT id FROM persons {people}; CREATE TABLE gone_employments AS SELECT id FROM employments {employments};"));
        self.execute("DELETE FROM staff_members; UPDATE employments SET manager_id = NULL; DELETE FROM employments WHERE id IN (SELECT id FROM gone_employments); DELETE FROM persons WHERE id IN (SELECT id FROM gone_people);");
        assert!(rows.iter().all(|(_, _, lines)| lines.len() == EMPLOYEES), "each has one row in each table");
        rows
    }

    /// Puts the rows back: as many at once as the service does, each time in one transaction.
    fn upsert(&mut self, rows: &Rows) {
        // People first, as managers are people too.
        for (table, columns, lines) in rows {
            let set: Vec<String> = columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
            let (columns, set) = (columns.join(", "), set.join(", "));
            let upsert = |some: &[String]| {
                let values = some.join(",");
                format!("INSERT INTO {table} ({columns}) VALUES {values} ON CONFLICT (id) DO UPDATE SET {set};")
            };
            for some in lines.chunks(TOGETHER) {
                let statements: String = some.chunks(AT_ONCE).map(upsert).collect();
                self.execute(&format!("BEGIN; {statements} COMMIT;"));
            }
        }
    }
}
