"""Client credentials with private_key_jwt, and token exchange, by Authlib against a running service.

The people sign in at an OpenID provider of others that runs in this process.
"""

import json
import re
import sys
import time
import uuid

import httpx
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


def token_exchange(administrator, metadata, base):
    """A portal hands in the ID token of somebody who signed in at the provider of the organisation."""
    number = f"CI-{uuid.uuid4()}"
    people = [User(sub=number, claims={"employee_number": number})]
    with run_server_in_thread(user_claims=people) as server:
        issuer = f"http://localhost:{server.server_port}"
        audience, id_token = id_token_of(issuer, number)
        administrator.post(f"/organisations/{administrator.organisation}/identity-providers", {
            "name": "Aanmelden", "issuer": issuer, "clientId": "klusnet", "authentication": "PRIVATE_KEY_JWT",
            "staffClaim": "employee_number", "staffKey": "EMPLOYEE_NUMBER", "audiences": [audience],
        })
        person = administrator.post("/persons", {
            "givenName": "Carla", "familyName": "Ingelogd", "email": f"{number.lower()}@klusnet.example",
            "employment": {"organisationId": administrator.organisation, "function": "Adviseur", "contractMinutesPerWeek": 2160,
                           "workingDaysPerWeek": 5, "startDate": "2020-01-01", "hrExternalId": number},
        })
        client = administrator.client(name="Intranet", grantType="TOKEN_EXCHANGE", scopes=["parties:read", "market:read"])
        secret = administrator.post(f"/oauth-clients/{client}/secrets", {})["clientSecret"]
        session = OAuth2Session(client, secret, token_endpoint_auth_method="client_secret_basic")
        token = session.fetch_token(
            metadata["token_endpoint"], grant_type=EXCHANGE, subject_token=id_token, subject_token_type=ID_TOKEN, scope="parties:read",
        )
        expect((token["scope"], "refresh_token" in token), ("parties:read", False), "the token of the person")
        me = session.get(f"{base}/me")
        expect((me.status_code, me.json()["person"]["id"]), (200, person["id"]), "who the token is of")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        credentials = json.load(file)
    base = credentials["baseUrl"]
    account = next(one for one in credentials["accounts"] if one["role"] == "ORGANISATION_ADMINISTRATOR")
    administrator = Administrator(base, account["token"])
    metadata = metadata_of(base.removesuffix("/v1"))
    client_credentials(administrator, metadata)
    token_exchange(administrator, metadata, base)
    print("client, OAuth: client credentials with private_key_jwt, and token exchange, by Authlib")


main()
