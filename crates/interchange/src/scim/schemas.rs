//! The schemas that are served: only what is kept stands in them.

use super::schema::{Attribute, Kind, ResourceType, Schema};

/// What every resource has.
pub(super) static COMMON: &[Attribute] = &[
    Attribute::new("schemas", Kind::Reference(&["uri"]), "The schemas of the resource").multi().exact().always(),
    Attribute::text("id", "Identifies the resource").read_only().exact().always().unique(),
    Attribute::text("externalId", "How the client calls the resource").exact().longest(100),
    Attribute::new(
        "meta",
        Kind::Complex(&[
            Attribute::text("resourceType", "The type").read_only().exact(),
            Attribute::new("created", Kind::Moment, "When it was added").read_only(),
            Attribute::new("lastModified", Kind::Moment, "When it last changed").read_only(),
            Attribute::new("location", Kind::Reference(&["uri"]), "Where it is").read_only().exact(),
            Attribute::text("version", "The ETag").read_only().exact(),
        ]),
        "What the service says of the resource",
    )
    .read_only(),
];

const NAME: &[Attribute] = &[
    Attribute::text("formatted", "The whole name").longest(400),
    Attribute::text("familyName", "The family name; with the infix if that is not given apart").longest(100),
    Attribute::text("givenName", "The given name").longest(100),
];

const EMAIL: &[Attribute] = &[
    Attribute::text("value", "The address").required().longest(254),
    Attribute::text("type", "What it is for").usual(&["work", "home", "other"]).longest(40),
    Attribute::new("primary", Kind::Boolean, "Whether it is preferred; at most one is"),
];

const GROUPS: &[Attribute] = &[
    Attribute::text("value", "The id of the group").read_only().exact(),
    Attribute::new("$ref", Kind::Reference(&["Group"]), "The address of the group").read_only().exact(),
    Attribute::text("display", "The name of the group").read_only(),
];

static CORE_USER: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:User",
    name: "User",
    description: "An employee of the organisation",
    attributes: &[
        Attribute::text("userName", "The name to sign in with at the organisation").required().unique().longest(254),
        Attribute::new("name", Kind::Complex(NAME), "The parts of the name"),
        Attribute::text("displayName", "The name as the organisation shows it").longest(400),
        Attribute::text("title", "The function of the employee"),
        Attribute::text("userType", "The kind of employment, as the organisation names it"),
        Attribute::text("preferredLanguage", "The language to be addressed in: Dutch unless it begins with en")
            .longest(40),
        Attribute::new(
            "active",
            Kind::Boolean,
            "Whether the employee has access; with false the employment ends and access is closed at once",
        ),
        Attribute::new("emails", Kind::Complex(EMAIL), "E-mail addresses; the one of type work is used").multi(),
        Attribute::new("groups", Kind::Complex(GROUPS), "The department, as groups").multi().read_only(),
    ],
    passed_over: &[
        "addresses",
        "department",
        "employeeNumber",
        "emails.display",
        "entitlements",
        "ims",
        "locale",
        "manager",
        "name.honorificPrefix",
        "name.honorificSuffix",
        "name.middleName",
        "nickName",
        "password",
        "phoneNumbers",
        "photos",
        "profileUrl",
        "roles",
        "timezone",
        "x509Certificates",
    ],
};

/// What large organisations say of employees.
pub static ENTERPRISE: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    description: "An employee within the organisation",
    attributes: &[
        Attribute::text("employeeNumber", "The employee number; two employees never have the same")
            .exact()
            .unique()
            .longest(100),
        Attribute::text("costCenter", "The cost centre"),
        Attribute::text("organization", "The organisation"),
        Attribute::text("division", "The division"),
        Attribute::text("department", "The department"),
        Attribute::new(
            "manager",
            Kind::Complex(&[
                Attribute::text("value", "The id of the manager; it may be sent before the manager is there").exact(),
                Attribute::new("$ref", Kind::Reference(&["User"]), "The address of the manager").exact().longest(400),
            ]),
            "The line manager",
        ),
    ],
    passed_over: &["manager.displayName"],
};

/// What Klusnet needs to know besides.
pub static KLUSNET: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:extension:klusnet:1:User",
    name: "KlusnetUser",
    description: "An employment in the Netherlands",
    attributes: &[
        Attribute::text("infix", "What stands between given and family name (tussenvoegsel), such as van der")
            .usual(&["van der"])
            .longest(30),
        Attribute::text("function", "The function; that of title unless given"),
        Attribute::new(
            "contractMinutesPerWeek",
            Kind::Integer(1, 2400),
            "The hours of the contract, in minutes a week, in digits: full-time is 2160",
        )
        .usual(&["2160"]),
        Attribute::new(
            "workingDays",
            Kind::Integer(1, 7),
            "On how many days of the week the employee works, in digits",
        )
        .usual(&["4"]),
        Attribute::new("startDate", Kind::Day, "The first day of the employment: yyyy-mm-dd").usual(&["2027-01-01"]),
        Attribute::new("endDate", Kind::Day, "The last day of the employment, if known: yyyy-mm-dd")
            .usual(&["2099-12-31"]),
    ],
    passed_over: &[],
};

static CORE_GROUP: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:Group",
    name: "Group",
    description: "A department of the organisation",
    attributes: &[
        Attribute::text("displayName", "The name; two departments never have the same").required().unique(),
        Attribute::new(
            "members",
            Kind::Complex(&[
                Attribute::text("value", "The id of the employee").immutable().exact(),
                Attribute::new("$ref", Kind::Reference(&["User"]), "The address of the employee")
                    .immutable()
                    .exact()
                    .longest(400),
                Attribute::text("type", "Always User").immutable().usual(&["User"]).longest(40),
            ]),
            "The employees of the department: nobody is in two, the last one wins",
        )
        .multi(),
    ],
    passed_over: &["description"],
};

/// Employees.
pub static USER: ResourceType = ResourceType {
    name: "User",
    endpoint: "/Users",
    description: "Employees of the organisation",
    schema: &CORE_USER,
    extensions: &[&ENTERPRISE, &KLUSNET],
};

/// Departments.
pub static GROUP: ResourceType = ResourceType {
    name: "Group",
    endpoint: "/Groups",
    description: "Departments of the organisation",
    schema: &CORE_GROUP,
    extensions: &[],
};

/// All types of resources.
pub static RESOURCE_TYPES: [&ResourceType; 2] = [&USER, &GROUP];
