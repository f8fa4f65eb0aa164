"""Webhooks verified by the library of Standard Webhooks and read by that of CloudEvents; feeds read by feed parsers.

    webhooks.py CREDENTIALS.json MESSAGES.json

The messages are written down for the same check by the libraries for JavaScript. The service must run with
KLUSNET_WEBHOOK_HOSTS=127.0.0.1.
"""

import json
import sys
import warnings

import feedparser
import httpx
import icalendar
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from receiver import Receiver
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

REVISED = "nl.klusnet.organisation-revised.v1"


def expect(told, wanted, what):
    if told != wanted:
        raise SystemExit(f"webhooks: {what}: {told!r} instead of {wanted!r}")


def call(http, method, path, status, body=None, **headers):
    answer = http.request(method, path, json=body, headers=headers)
    expect(answer.status_code, status, f"{method} {path}: {answer.text}")
    return answer.json()


def webhooks(http):
    """Subscribes, lets things happen, changes the key between; returns the secrets and what was posted."""
    receiver = Receiver()
    organisation = call(http, "GET", "/me", 200)["employments"][0]["organisationId"]
    draft = {"url": receiver.url, "eventTypes": [REVISED]}
    made = call(http, "POST", f"/organisations/{organisation}/webhook-subscriptions", 201, draft)
    own = f"/webhook-subscriptions/{made['id']}"
    expect(call(http, "POST", f"{own}/ping", 200)["accepted"], True, "the ping")
    path = f"/organisations/{organisation}"
    revision = http.get(path).headers["etag"]
    for number in range(5):
        answer = http.patch(path, json={"commitmentStatement": f"Vraag {number}"}, headers={"If-Match": revision})
        expect(answer.status_code, 200, f"PATCH {path}: {answer.text}")
        revision = answer.headers["etag"]
    receiver.wait(lambda messages: len(messages) >= 6)
    next_key = call(http, "POST", f"{own}/keys", 201, {})
    answer = http.patch(path, json={"commitmentStatement": "Vraag het"}, headers={"If-Match": revision})
    expect(answer.status_code, 200, f"PATCH {path}: {answer.text}")
    messages = receiver.wait(lambda messages: len(messages) >= 7)
    expect(http.delete(own, headers={"If-Match": "*"}).status_code, 204, "DELETE of the subscription")
    return made["key"]["secret"], next_key["secret"], messages


def verify(secret, next_secret, messages):
    for headers, body in messages:
        Webhook(secret).verify(body, headers)
        try:
            Webhook(secret).verify(body.replace(b"1.0", b"1.1", 1), headers)
            raise SystemExit("webhooks: a changed body was verified")
        except WebhookVerificationError:
            pass
        event = from_http_event(HTTPMessage(headers, body))
        expect(event.get_specversion(), "1.0", "the version of CloudEvents")
        expect(f"msg_{event.get_id()}", headers["webhook-id"], "the id")
        expect(set(event.get_data()), {"subjectKind", "subjectId", "organisationId"}, "the data")
    expect([json.loads(body)["type"] for _, body in messages], ["nl.klusnet.ping.v1"] + [REVISED] * 6, "the types")
    headers, body = messages[-1]
    Webhook(next_secret).verify(body, headers)


def feeds(root):
    """Feeds as their readers read them: without a complaint, with something in them."""
    for name in ("rss", "atom"):
        answer = httpx.get(f"{root}/feeds/klussen.{name}")
        feed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
        expect((feed.bozo, feed.get("bozo_exception")), (False, None), f"complaints about {name}")
        if not feed.entries:
            raise SystemExit(f"feeds: {name} has no entries")
        for entry in feed.entries:
            if not (entry.id.startswith("urn:uuid:") and entry.title and entry.link and entry.published_parsed):
                raise SystemExit(f"feeds: an entry of {name} lacks something: {entry}")
        unchanged = httpx.get(f"{root}/feeds/klussen.{name}", headers={"If-None-Match": answer.headers["etag"]})
        expect(unchanged.status_code, 304, f"an unchanged {name}")
    calendar = icalendar.Calendar.from_ical(httpx.get(f"{root}/feeds/klussen.ics").content)
    expect(calendar.errors, [], "complaints about the calendar")
    events = calendar.walk("VEVENT")
    if not events or any(event.errors or "uid" not in event or "dtstamp" not in event for event in events):
        raise SystemExit("feeds: the calendar lacks something")
    told = httpx.get(f"{root}/feeds/klussen.json").json()
    expect(told["version"], "https://jsonfeed.org/version/1.1", "the version of JSON Feed")
    if not told["title"] or not all("id" in item and ("content_html" in item or "content_text" in item) for item in told["items"]):
        raise SystemExit("feeds: the JSON feed lacks something")


def main():
    warnings.simplefilter("ignore")
    credentials = json.load(open(sys.argv[1], encoding="utf-8"))
    base = credentials["baseUrl"]
    token = next(one["token"] for one in credentials["accounts"] if one["role"] == "ORGANISATION_ADMINISTRATOR")
    http = httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"})
    secret, next_secret, messages = webhooks(http)
    verify(secret, next_secret, messages)
    feeds(base.removesuffix("/v1"))
    told = [{"headers": headers, "body": body.decode()} for headers, body in messages]
    json.dump({"secret": secret, "messages": told}, open(sys.argv[2], "w", encoding="utf-8"))
    print(f"webhooks and feeds, Python: {len(messages)} messages verified and read, four feeds read")


main()
