//! SCIM 2.0 at `/scim/v2`: identity systems provision the staff of their organisation.
//!
//! It speaks the language of its standard, so it stands outside `/v1`: its own media type, errors, pages and document.
//! What it tells goes through [`super::staff`], like what HR files tell.

mod body;
mod bulk;
mod bulk_order;
mod discovery;
mod document;
mod document_schemas;
mod failure;
mod feed;
mod group_store;
mod groups;
mod lists;
mod reply;
mod searches;
mod shelves;
mod user_store;
mod users;

use actix_web::web::{self, ServiceConfig};

pub(crate) use document::yaml;
pub(crate) use feed::SECRET_PREFIX;

/// Where it is served.
pub(crate) const BASE: &str = "/scim/v2";
/// Operations in one bulk request, at most.
const BULK_OPERATIONS: usize = 1000;
/// Bytes of one bulk request, at most.
const BULK_BYTES: usize = 8_388_608;
/// Resources on a page, unless asked otherwise.
const PAGE: usize = 100;
/// Resources on a page, at most.
const LARGEST_PAGE: usize = 1000;

/// Registers what it serves.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(
        web::scope(BASE)
            .service(document::get_document)
            .service(discovery::get_configuration)
            .service(discovery::list_resource_types)
            .service(discovery::get_resource_type)
            .service(discovery::list_schemas)
            .service(discovery::get_schema)
            .service(users::search_users)
            .service(users::create_user)
            .service(users::list_users)
            .service(users::get_user)
            .service(users::replace_user)
            .service(users::patch_user)
            .service(users::delete_user)
            .service(groups::search_groups)
            .service(groups::create_group)
            .service(groups::list_groups)
            .service(groups::get_group)
            .service(groups::replace_group)
            .service(groups::patch_group)
            .service(groups::delete_group)
            .service(searches::search_all)
            .service(bulk::do_all)
            .default_service(web::to(discovery::nothing_here)),
    );
}
