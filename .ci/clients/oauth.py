"""Client credentials with private_key_jwt, token exchange, and the code flow with PKCE, by Authlib against a running
service.

The people sign in at an OpenID provider of others that runs in this process.
"""

import html
import json
import re
import sys
import time
import uuid

import httpx
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey
from oidc_provider_mock import User, run_server_in_thread

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
BACK = "http://127.0.0.1:9/terug"


def expect(told, wanted, what):
    if told != wanted:
        raise SystemExit(f"client, OAuth: {what}: {told!r} instead of {wanted!r}")


class Administrator:
    """Who administers an organisation, by the interface itself."""

    def __init__(self, base, token):
        self.http = httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"})
        me = self.get("/me")
        self.organisation = me["employments"][0]["organisationId"]

    def get(self, path):
        answer = self.http.get(path.removeprefix("/v1"))
        expect(answer.status_code, 200, f"GET {path}: {answer.text}")
        return answer.json()

    def post(self, path, body):
        answer = self.http.post(path, json=body)
        expect(answer.status_code, 201, f"POST {path}: {answer.text}")
        return answer.json()

    def client(self, **draft):
        return self.post(f"/organisations/{self.organisation}/oauth-clients", draft)["id"]


def metadata_of(root):
    told = httpx.get(f"{root}/.well-known/oauth-authorization-server").json()
    expect(told["issuer"], root, "the issuer")
    return told


def client_credentials(administrator, metadata):
    """An HR system proves itself with a key of its own, twice, and asks whether its token is good."""
    key = ECKey.generate_key("P-256", {"kid": "hr-1", "use": "sig", "alg": "ES256"})
    client = administrator.client(
        name="HR-systeem", grantType="CLIENT_CREDENTIALS", scopes=["staff:read", "staff:write"],
        jwks={"keys": [key.as_dict(private=False)]},
    )
    endpoint = metadata["token_endpoint"]
    way = "private_key_jwt"
    ways = {"token_endpoint_auth_method": way, "revocation_endpoint_auth_method": way}
    session = OAuth2Session(client, key, scope="staff:write", **ways)

    def proof():
        claims = {"jti": str(uuid.uuid4()), "exp": int(time.time()) + 120}
        return PrivateKeyJWT(endpoint, claims=claims, headers={"kid": "hr-1"}, alg="ES256")

    session.register_client_auth_method(proof())
    token = session.fetch_token(endpoint, grant_type="client_credentials")
    expect((token["token_type"], token["scope"], token["expires_in"]), ("Bearer", "staff:write", 3600), "the token")
    session.register_client_auth_method(proof())
    told = session.introspect_token(metadata["introspection_endpoint"], token=token["access_token"])
    expect((told.json()["active"], told.json()["client_id"]), (True, client), "the token, asked about")
    session.register_client_auth_method(proof())
    expect(session.revoke_token(metadata["revocation_endpoint"], token=token["access_token"]).status_code, 200, "revoking")
    session.register_client_auth_method(proof())
    told = session.introspect_token(metadata["introspection_endpoint"], token=token["access_token"])
    expect(told.json(), {"active": False}, "the token, taken back")


def id_token_of(issuer, number):
    """Signs somebody in at the provider, as a portal does, and takes its ID token."""
    with httpx.Client() as http:
        found = http.get(f"{issuer}/.well-known/openid-configuration").json()
        expect(found["issuer"], issuer, "the issuer of the provider")
        form = {"redirect_uris": [BACK]}
        portal = http.post(found["registration_endpoint"], json=form).json()
        query = {"client_id": portal["client_id"], "redirect_uri": BACK, "response_type": "code", "scope": "openid", "nonce": "n"}
        sent = http.post(found["authorization_endpoint"], params=query, data={"sub": number})
        code = re.search(r"[?&]code=([^&]+)", sent.headers["location"]).group(1)
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
        told = http.post(found["token_endpoint"], data=form, auth=(portal["client_id"], portal["client_secret"]))
        return portal["client_id"], told.json()["id_token"]


def employee(administrator, number):
    """Somebody whom the HR system of the organisation knows by this number."""
    return administrator.post("/persons", {
        "givenName": "Carla", "familyName": "Ingelogd", "email": f"{number.lower()}@klusnet.example",
        "employment": {"organisationId": administrator.organisation, "function": "Adviseur", "contractMinutesPerWeek": 2160,
                       "workingDaysPerWeek": 5, "startDate": "2020-01-01", "hrExternalId": number},
    })["id"]


def provider(administrator, issuer, **draft):
    """The provider at which the people of the organisation sign in, known by their numbers."""
    return administrator.post(f"/organisations/{administrator.organisation}/identity-providers", {
        "name": "Aanmelden", "issuer": issuer, "clientId": "klusnet", "staffClaim": "employee_number",
        "staffKey": "EMPLOYEE_NUMBER", **draft,
    })["id"]


def token_exchange(administrator, metadata, base):
    """A portal hands in the ID token of somebody who signed in at the provider of the organisation."""
    number = f"CI-{uuid.uuid4()}"
    people = [User(sub=number, claims={"employee_number": number})]
    with run_server_in_thread(user_claims=people) as server:
        issuer = f"http://localhost:{server.server_port}"
        audience, id_token = id_token_of(issuer, number)
        provider(administrator, issuer, authentication="PRIVATE_KEY_JWT", audiences=[audience])
        person = employee(administrator, number)
        client = administrator.client(name="Intranet", grantType="TOKEN_EXCHANGE", scopes=["parties:read", "market:read"])
        secret = administrator.post(f"/oauth-clients/{client}/secrets", {})["clientSecret"]
        session = OAuth2Session(client, secret, token_endpoint_auth_method="client_secret_basic")
        token = session.fetch_token(
            metadata["token_endpoint"], grant_type=EXCHANGE, subject_token=id_token, subject_token_type=ID_TOKEN, scope="parties:read",
        )
        expect((token["scope"], "refresh_token" in token), ("parties:read", False), "the token of the person")
        me = session.get(f"{base}/me")
        expect((me.status_code, me.json()["person"]["id"]), (200, person), "who the token is of")


def hidden_in(page):
    return {name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)}


def signed_in(address, domain, number):
    """What a browser does: says where it belongs, signs in at the provider, consents, and comes back to the portal."""
    with httpx.Client() as browser:
        asked = browser.get(address)
        expect((asked.status_code, "login_hint" in asked.text), (200, True), f"the page that asks for an address: {asked.text}")
        form = {"login_hint": f"carla@{domain}", **hidden_in(asked.text)}
        there = browser.get(str(httpx.URL(address).copy_with(query=None)), params=form)
        expect(there.status_code, 303, f"the way to the provider: {there.text}")
        entered = browser.post(there.headers["location"], data={"sub": number})
        expect(entered.status_code, 302, f"signing in at the provider: {entered.text}")
        page = browser.get(entered.headers["location"])
        expect(page.status_code, 200, f"the page that asks for consent: {page.text}")
        expect(("Gemeentesite" in page.text, "parties:read" in page.text), (True, True), f"what the page says: {page.text}")
        action = httpx.URL(address).join(re.search(r'action="([^"]+)"', page.text).group(1))
        back = browser.post(action, data={"decision": "allow", **hidden_in(page.text)})
        expect(back.status_code, 303, f"the way back: {back.text}")
        return back.headers["location"]


def code_flow(administrator, metadata, base):
    """A portal without a sign-in of its own sends somebody here, who signs in at the provider of the organisation."""
    number, domain = f"CI-{uuid.uuid4()}", f"{uuid.uuid4()}.klusnet.example"
    people = [User(sub=number, claims={"employee_number": number})]
    with run_server_in_thread(user_claims=people, require_nonce=True) as server:
        issuer = f"http://localhost:{server.server_port}"
        provider(administrator, issuer, authentication="CLIENT_SECRET", clientSecret="geheim", emailDomains=[domain])
        person = employee(administrator, number)
        client = administrator.client(
            name="Gemeentesite", grantType="AUTHORIZATION_CODE", scopes=["parties:read", "market:read"], redirectUris=[BACK],
        )
        secret = administrator.post(f"/oauth-clients/{client}/secrets", {})["clientSecret"]
        session = OAuth2Session(
            client, secret, scope="parties:read", redirect_uri=BACK, code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic",
        )
        verifier = generate_token(64)
        address, state = session.create_authorization_url(
            metadata["authorization_endpoint"], state=generate_token(32), code_verifier=verifier,
        )
        back = signed_in(address, domain, number)
        token = session.fetch_token(metadata["token_endpoint"], authorization_response=back, code_verifier=verifier, state=state)
        expect((token["scope"], "refresh_token" in token), ("parties:read", True), "the token of who signed in")
        me = session.get(f"{base}/me")
        expect((me.status_code, me.json()["person"]["id"]), (200, person), "who signed in")
        again = session.refresh_token(metadata["token_endpoint"])
        expect(again["refresh_token"] != token["refresh_token"], True, "the token that refreshes, the next time")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        credentials = json.load(file)
    base = credentials["baseUrl"]
    account = next(one for one in credentials["accounts"] if one["role"] == "ORGANISATION_ADMINISTRATOR")
    administrator = Administrator(base, account["token"])
    metadata = metadata_of(base.removesuffix("/v1"))
    client_credentials(administrator, metadata)
    token_exchange(administrator, metadata, base)
    code_flow(administrator, metadata, base)
    print("client, OAuth: client credentials with private_key_jwt, token exchange, and the code flow with PKCE, by Authlib")


main()
