//! Words, lists, lifecycles and problems of this interface: what it decides by, for everybody to read.

mod glossary;
mod lifecycles;
mod problem_types;
mod scopes;
mod variants;
mod vocabularies;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(glossary::get_glossary)
        .service(lifecycles::list_lifecycles)
        .service(lifecycles::get_lifecycle)
        .service(vocabularies::list_vocabularies)
        .service(vocabularies::get_vocabulary)
        .service(problem_types::list_problem_types)
        .service(problem_types::get_problem_type)
        .service(scopes::list_scopes)
        .service(variants::list_variants);
}
