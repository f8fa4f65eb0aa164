//! Tokens with which an identity system provisions the staff of one organisation. Such systems know nothing but one
//! long-lived token: so it is random, good for a year at most, and two are good at a time to change them in peace.

use chrono::{NaiveDate, TimeDelta};

use super::codes::SCIM_TOKENS_FULL;
use crate::{Moment, OrganisationId, PersonId, Refusal, ScimTokenId};

/// How many days a token is good at most.
pub const LONGEST_DAYS: i64 = 366;
/// How many tokens of an organisation are good at a time.
pub const AT_A_TIME: usize = 2;

/// A token for SCIM; the secret itself is kept nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct ScimToken {
    /// Identifies it.
    pub id: ScimTokenId,
    /// Whose staff it provisions.
    pub organisation: OrganisationId,
    /// What the administrator calls it.
    pub label: String,
    /// Who made it.
    pub created_by: Option<PersonId>,
    /// When.
    pub created_at: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
    /// On which day it was last used.
    pub last_used: Option<NaiveDate>,
}

impl ScimToken {
    /// Makes a token; `others` are those that the organisation has.
    pub fn issue(
        id: ScimTokenId,
        organisation: OrganisationId,
        (label, expires_at): (String, Moment),
        others: &[Self],
        (by, now): (Option<PersonId>, Moment),
    ) -> Result<Self, Refusal> {
        if expires_at <= now || expires_at > now + TimeDelta::days(LONGEST_DAYS) {
            let reason = format!("must be after now, and at most {LONGEST_DAYS} days later");
            return Err(Refusal::invalid("expiresAt", reason));
        }
        if others.iter().filter(|other| other.is_good_at(now)).count() >= AT_A_TIME {
            return Err(SCIM_TOKENS_FULL.refuse(format!("{AT_A_TIME} tokens are good already: take one back first.")));
        }
        Ok(Self { id, organisation, label, created_by: by, created_at: now, expires_at, last_used: None })
    }

    /// Whether it is good at this moment.
    pub fn is_good_at(&self, moment: Moment) -> bool {
        moment < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn issue(days: i64, others: &[ScimToken]) -> Result<ScimToken, Refusal> {
        let now: Moment = "2027-03-01T09:00:00Z".parse().unwrap();
        let (id, organisation) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        ScimToken::issue(id, organisation, ("Entra ID".to_owned(), now + TimeDelta::days(days)), others, (None, now))
    }

    #[test]
    fn a_token_is_good_for_a_year_at_most() {
        for (days, fits) in [(0, false), (-1, false), (1, true), (366, true), (367, false)] {
            assert_eq!(issue(days, &[]).is_ok(), fits, "{days}");
        }
        let token = issue(1, &[]).unwrap();
        assert!(token.is_good_at(token.created_at) && !token.is_good_at(token.expires_at));
    }

    #[test]
    fn two_are_good_at_a_time() {
        let good = issue(1, &[]).unwrap();
        let expired = ScimToken { expires_at: good.created_at, ..good.clone() };
        assert!(issue(1, &[good.clone(), expired]).is_ok());
        assert_eq!(issue(1, &[good.clone(), good]).unwrap_err().code, &SCIM_TOKENS_FULL);
    }
}
