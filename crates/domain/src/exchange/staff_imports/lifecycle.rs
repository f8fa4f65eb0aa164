//! The states of a staff import, and what leads from one to another.

use StaffImportAction as Do;
use StaffImportState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a staff import
    StaffImportState {
        Checked = "CHECKED", "Tried and not applied", "Geprobeerd en niet overgenomen";
        AwaitingApproval = "AWAITING_APPROVAL", "Does more than is allowed unseen: waits for an administrator", "Doet meer dan ongezien mag: wacht op een beheerder";
        Applying = "APPLYING", "Being applied", "Wordt overgenomen";
        Applied = "APPLIED", "Applied", "Overgenomen";
        Rejected = "REJECTED", "Rejected by an administrator; nothing was applied", "Afgewezen door een beheerder; er is niets overgenomen";
        Superseded = "SUPERSEDED", "A newer file came while it waited; nothing was applied", "Er kwam een nieuwer bestand terwijl het wachtte; er is niets overgenomen";
        Expired = "EXPIRED", "Nobody decided in time; nothing was applied", "Niemand besliste op tijd; er is niets overgenomen";
        Failed = "FAILED", "Given up; what was applied stays applied", "Opgegeven; wat is overgenomen blijft overgenomen";
    }
}

text_enum! {
    /// What can be done with a staff import
    StaffImportAction {
        Approve = "APPROVE", "Apply it", "Overnemen";
        Reject = "REJECT", "Not apply it", "Niet overnemen";
        Supersede = "SUPERSEDE", "Make room for a newer file", "Plaatsmaken voor een nieuwer bestand";
        Expire = "EXPIRE", "Let it lapse", "Laten vervallen";
        Finish = "FINISH", "Have applied everything", "Alles hebben overgenomen";
        Fail = "FAIL", "Give up", "Opgeven";
    }
}

const ADMINISTRATORS: &[Part] = &[Part::OrganisationAdministrator, Part::PlatformAdministrator];

/// The lifecycle of a staff import.
pub static LIFECYCLE: Lifecycle<StaffImportState, StaffImportAction> = Lifecycle {
    name: "staff-imports",
    initial: &[Is::Checked, Is::AwaitingApproval, Is::Applying, Is::Applied],
    rows: &[
        row(
            Is::AwaitingApproval,
            Do::Approve,
            Is::Applying,
            ADMINISTRATORS,
            "held against the staff as it is now, it lets no more people come and go than was shown",
            "it is applied, chunk by chunk",
        ),
        row(Is::AwaitingApproval, Do::Reject, Is::Rejected, ADMINISTRATORS, "", "its rows are forgotten"),
        row(
            Is::AwaitingApproval,
            Do::Supersede,
            Is::Superseded,
            &[Part::Service],
            "a newer file is taken",
            "its rows are forgotten",
        ),
        row(
            Is::AwaitingApproval,
            Do::Expire,
            Is::Expired,
            &[Part::Clock],
            "14 days have passed",
            "its rows are forgotten",
        ),
        row(
            Is::Applying,
            Do::Finish,
            Is::Applied,
            &[Part::Service],
            "every chunk is applied",
            "its rows are forgotten, and the results after 30 days",
        ),
        row(Is::Applying, Do::Fail, Is::Failed, &[Part::Service], "a chunk failed 20 times", "its rows are forgotten"),
    ],
};
