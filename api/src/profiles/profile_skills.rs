//! Skills on the own profile: the operations.

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use domain::ProfileSkillId;
use domain::profiles::profile_skills::ProfileSkill;
use persistence::View;
use persistence::profiles::{profile_skills as kept, skills};

use super::own;
use super::profile_skill_types::{
    Labels, ProfileSkillDraft, ProfileSkillPage, ProfileSkillPatch, ProfileSkillView, concepts_of,
};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Put a skill on the own profile
///
/// A concept of the vocabulary (`GET /skills`) is found by everybody who means the same; words of one's own are for what
/// the vocabulary lacks. A profile holds each skill once, and at most 100.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), request_body = ProfileSkillDraft, responses(
    (status = 201, description = "Added", body = ProfileSkillView),
    (status = 409, description = "It stands there already, or the profile is full"),
))]
#[post("/profile/skills")]
pub(crate) async fn add_profile_skill(caller: Caller, post: Post<ProfileSkillDraft>) -> Answer<ProfileSkillView> {
    caller
        .post(post, |work, actor, draft| {
            let concepts: Vec<_> = draft.concept().into_iter().collect();
            let labels = skills::labels(work, &concepts)?;
            let (skill, mastery) = draft.read(&labels)?;
            let profile = own::ensure(work, actor)?;
            let others = kept::of_profiles(work, &[profile.id])?;
            let skill = ProfileSkill::add(work.id(), profile.id, skill, mastery, &others, work.now())?;
            let skill = kept::insert(work, skill)?;
            own::announce(work, profile.id, actor)?;
            let path = format!("/profile/skills/{}", skill.id);
            Ok(Reply::created(&path, ProfileSkillView::of(&skill, &labels)).revision(skill.revision))
        })
        .await
}

/// List the skills on the own profile, newest first
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), params(PagingParams), responses(
    (status = 200, description = "A page of skills", body = ProfileSkillPage),
))]
#[get("/profile/skills")]
pub(crate) async fn list_profile_skills(caller: Caller, paging: Paging) -> Answer<ProfileSkillPage> {
    caller
        .read(move |view, actor| {
            let profile = own::find(view, actor)?;
            let page = kept::list(view, profile.id, &paging.request)?;
            let labels = skills::labels(view, &concepts_of(&page.items))?;
            Ok(paging.reply(page.map(|skill| ProfileSkillView::of(&skill, &labels)), ProfileSkillPage::new))
        })
        .await
}

/// Get a skill on the own profile
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])),
    params(("profileSkillId" = ProfileSkillId, Path, description = "The skill on the own profile")), responses(
    (status = 200, description = "The skill", body = ProfileSkillView),
))]
#[get("/profile/skills/{profileSkillId}")]
pub(crate) async fn get_profile_skill(caller: Caller, id: Path<ProfileSkillId>) -> Answer<ProfileSkillView> {
    caller
        .read(move |view, actor| {
            let skill = own_skill(view, actor, *id)?;
            let labels = labels_of(view, &skill)?;
            Ok(Reply::current(skill.revision, ProfileSkillView::of(&skill, &labels)))
        })
        .await
}

/// Change a skill on the own profile
///
/// A merge patch: what is left out stays, null clears. Which skill it is does not change: remove it and add another.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), params(
    ("profileSkillId" = ProfileSkillId, Path, description = "The skill on the own profile"), crate::body::IfMatchParam),
    request_body = ProfileSkillPatch, responses((status = 200, description = "Changed", body = ProfileSkillView)))]
#[patch("/profile/skills/{profileSkillId}")]
pub(crate) async fn revise_profile_skill(
    caller: Caller,
    id: Path<ProfileSkillId>,
    seen: IfMatch,
    body: Body<ProfileSkillPatch>,
) -> Answer<ProfileSkillView> {
    caller
        .write(move |work, actor| {
            let skill = own_skill(work, actor, *id)?;
            seen.expect(skill.revision)?;
            let mastery = body.0.apply(skill.mastery);
            let skill = skill.revise(mastery, work.now())?;
            let skill = kept::save(work, skill)?;
            own::announce(work, skill.profile, actor)?;
            let labels = labels_of(work, &skill)?;
            Ok(Reply::current(skill.revision, ProfileSkillView::of(&skill, &labels)))
        })
        .await
}

/// Remove a skill from the own profile
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), params(
    ("profileSkillId" = ProfileSkillId, Path, description = "The skill on the own profile"), crate::body::IfMatchParam),
    responses((status = 204, description = "Removed")))]
#[delete("/profile/skills/{profileSkillId}")]
pub(crate) async fn delete_profile_skill(caller: Caller, id: Path<ProfileSkillId>, seen: IfMatch) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let skill = own_skill(work, actor, *id)?;
            seen.expect(skill.revision)?;
            kept::delete(work, &skill)?;
            own::announce(work, skill.profile, actor)?;
            Ok(Reply::done())
        })
        .await
}

fn own_skill(view: &mut View<'_>, actor: &Actor, id: ProfileSkillId) -> Result<ProfileSkill, Problem> {
    let own = own::find(view, actor)?;
    let skill = kept::find(view, id)?.ok_or_else(|| domain::Refusal::hidden("profile skill"))?;
    own::must_be_on(&own, skill.profile, "profile skill")?;
    Ok(skill)
}

fn labels_of(view: &mut View<'_>, skill: &ProfileSkill) -> Result<Labels, Problem> {
    Ok(skills::labels(view, &concepts_of([skill]))?)
}
