"""The main job, from a published klus to an accepted offer, through the client generated from openapi.yaml.

    .ci/clients/python credentials.json        generates the client and runs this file against a running demonstration
"""

import datetime
import json
import sys
import uuid

from klusnet_client import AuthenticatedClient
from klusnet_client.api.assignments import create_assignment, list_assignments
from klusnet_client.api.responses import (
    accept_consent_conditions,
    accept_offer,
    complete_conversation,
    consider_response,
    create_consent_request,
    create_conversation,
    create_offer,
    create_response,
    get_consent_request,
    get_conversation,
    get_lights,
    get_response,
    grant_consent,
    invite_to_talk,
    say_click,
)
from klusnet_client.api.sessions import get_me
from klusnet_client.models import (
    AssignmentDraft,
    Click,
    ClickDraft,
    ConsentRequestDraft,
    ConversationDraft,
    GrantDraft,
    OfferDraft,
    ResponseDraft,
)

NOW = datetime.datetime.now(datetime.timezone.utc)


def done(answer):
    """The thing that was answered; a problem says what is allowed."""
    if answer.status_code >= 400:
        sys.exit(f"{answer.status_code}: {answer.content.decode()}")
    return answer.parsed


def tag(answer):
    done(answer)
    return answer.headers["etag"]


def once():
    """A key of our own: a request that is sent again with it is not done again."""
    return str(uuid.uuid4())


def client_of(credentials, account):
    return AuthenticatedClient(base_url=credentials["baseUrl"], token=account["token"])


def find_people(credentials):
    """A client, and an employee elsewhere with the manager who decides."""
    accounts = credentials["accounts"]
    by_person = {account["personId"]: account for account in accounts}
    client = client_of(credentials, next(a for a in accounts if a["role"] == "CLIENT"))
    host = done(get_me.sync_detailed(client=client)).employments[0].organisation_id
    for account in (a for a in accounts if a["role"] == "EMPLOYEE"):
        employee = client_of(credentials, account)
        employment = done(get_me.sync_detailed(client=employee)).employments[0]
        manager = by_person.get(str(employment.manager_id))
        if manager and employment.organisation_id != host:
            return client, host, employee, client_of(credentials, manager)
    sys.exit("the demonstration has nobody with a manager at another organisation")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        credentials = json.load(file)
    client, host, employee, manager = find_people(credentials)

    # The client publishes a klus, open to the whole of government at once.
    start = (NOW + datetime.timedelta(days=40)).date()
    title = f"Welstandsarchief ontsluiten {uuid.uuid4().hex[:8]}"
    draft = AssignmentDraft.from_dict(
        {
            "organisationId": str(host),
            "kind": "TASK",
            "title": title,
            "description": "Twintig dozen, een scanner en een goed humeur.",
            "intendedResult": "Het archief is doorzoekbaar.",
            "planning": "Acht weken, een dag per week.",
            "minutesPerWeek": 480,
            "startDate": start.isoformat(),
            "endDate": (start + datetime.timedelta(days=55)).isoformat(),
            "positions": 1,
            "scaleLevel": "LOCAL",
            "remote": "HYBRID",
            "publication": {
                "rings": [{"ring": "ALL_GOVERNMENT"}],
                "deadline": (NOW + datetime.timedelta(days=14)).isoformat(),
            },
        }
    )
    klus = done(create_assignment.sync_detailed(client=client, body=draft, idempotency_key=once()))
    print(f"published: {klus.title} ({klus.state})")

    # The employee finds it and responds.
    found = done(list_assignments.sync_detailed(client=employee, search=title))
    assert [item.id for item in found.items] == [klus.id]
    body = ResponseDraft(motivation="Ik wil leren hoe een archief werkt.", minutes_per_week=480, submit=True)
    response = done(
        create_response.sync_detailed(klus.id, client=employee, body=body, idempotency_key=once())
    )
    print(f"responded: {response.state}")

    # The client takes it into consideration and invites for a talk; the employee asks consent meanwhile.
    seen = tag(get_response.sync_detailed(response.id, client=client))
    seen = tag(consider_response.sync_detailed(response.id, client=client, if_match=seen))
    done(invite_to_talk.sync_detailed(response.id, client=client, if_match=seen))
    asked = done(
        create_consent_request.sync_detailed(
            response.id,
            client=employee,
            body=ConsentRequestDraft(minutes_per_week=480, start_date=klus.start_date, end_date=klus.end_date),
            idempotency_key=once(),
        )
    )
    seen = tag(get_consent_request.sync_detailed(asked.id, client=manager))
    grant = GrantDraft(conditions="Niet in de week van de jaarrekening.")
    done(grant_consent.sync_detailed(asked.id, client=manager, body=grant, if_match=seen))
    seen = tag(get_consent_request.sync_detailed(asked.id, client=employee))
    consent = done(accept_consent_conditions.sync_detailed(asked.id, client=employee, if_match=seen))
    print(f"consent: {consent.state}")

    # They talk, and both say that it clicks.
    planned = ConversationDraft(planned_at=datetime.datetime.now(datetime.timezone.utc), place="Koffiebar")
    talk = done(
        create_conversation.sync_detailed(response.id, client=client, body=planned, idempotency_key=once())
    )
    seen = tag(get_conversation.sync_detailed(talk.id, client=client))
    done(complete_conversation.sync_detailed(talk.id, client=client, if_match=seen))
    for side in (client, employee):
        seen = tag(get_conversation.sync_detailed(talk.id, client=side))
        done(say_click.sync_detailed(talk.id, client=side, body=ClickDraft(click=Click.YES), if_match=seen))

    # The offer, and yes.
    offer = OfferDraft(valid_until=NOW + datetime.timedelta(days=7))
    made = create_offer.sync_detailed(response.id, client=client, body=offer, idempotency_key=once())
    accepted = done(accept_offer.sync_detailed(done(made).id, client=employee, if_match=tag(made)))
    print(f"offer: {accepted.state}")

    lights = done(get_lights.sync_detailed(response.id, client=employee))
    print("lights: " + ", ".join(f"{light.name} {light.colour}" for light in lights.items))


main()
