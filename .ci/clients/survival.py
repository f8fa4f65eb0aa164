"""Kills the service (SIGKILL) in the middle of deliveries, again and again; every event must come all the same.

    survival.py KLUSNET [DATABASE_URL]
"""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import httpx
from receiver import Receiver

ROUNDS = 3
EVENTS = 60
REGISTERED = "nl.klusnet.organisation-registered.v1"


class Service:
    def __init__(self, program, folder, database):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.program, self.folder, self.process = program, folder, None
        self.environment = os.environ | {
            "DATABASE_URL": database,
            "KLUSNET_LISTEN": f"127.0.0.1:{self.port}",
            "KLUSNET_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "KLUSNET_WEBHOOK_HOSTS": "127.0.0.1",
            "KLUSNET_RATE_LIMIT": "0",
            "KLUSNET_LOG_LEVEL": "warn",
        }

    def start(self, *arguments):
        self.process = subprocess.Popen([self.program, *arguments], env=self.environment, stdout=subprocess.DEVNULL)
        end = time.time() + 180
        while time.time() < end:
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/v1/openapi.json", timeout=1)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise SystemExit("survival: the service does not answer")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def happen(http, names, made):
    """Registers organisations; those that were answered happened."""
    for name in names:
        try:
            answer = http.post("/organisations", json={"name": name, "kind": "AGENCY"})
        except httpx.TransportError:
            return
        if answer.status_code == 201:
            made.append(answer.json()["id"])


def subscribe(http, receiver):
    own = http.get("/me").json()["employments"]
    organisation = own[0]["organisationId"] if own else http.get("/organisations?limit=1").json()["items"][0]["id"]
    draft = {"url": receiver.url, "eventTypes": [REGISTERED]}
    made = http.post(f"/organisations/{organisation}/webhook-subscriptions", json=draft)
    if made.status_code != 201:
        raise SystemExit(f"survival: {made.text}")
    if not http.post(f"/webhook-subscriptions/{made.json()['id']}/ping").json()["accepted"]:
        raise SystemExit("survival: the ping was not accepted")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        database = sys.argv[2] if len(sys.argv) > 2 else str(folder / "survival.sqlite")
        service, receiver, made = Service(program, folder, database), Receiver(delay=0.02), []
        service.start("demo", "--credentials", str(folder / "credentials.json"))
        while not (folder / "credentials.json").exists():
            time.sleep(0.1)
        credentials = json.loads((folder / "credentials.json").read_text())
        token = next(one["token"] for one in credentials["accounts"] if one["role"] == "PLATFORM_ADMINISTRATOR")
        base = f"http://127.0.0.1:{service.port}/v1"
        http = httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=30)
        subscribe(http, receiver)
        for round_number in range(ROUNDS):
            before = len(receiver.ids())
            names = [f"Dienst {round_number}-{number}" for number in range(EVENTS)]
            writing = threading.Thread(target=happen, args=(http, names, made))
            writing.start()
            # Some are told, others under way, others not even written.
            receiver.wait(lambda messages: len(messages) > before + 5)
            service.kill()
            writing.join()
            service.start("serve")

        def all_told(messages):
            told = {json.loads(body)["data"]["subjectId"] for _, body in messages}
            return all(one in told for one in made)

        receiver.wait(all_told, 120)
        service.kill()
        ids = receiver.ids()
        print(f"survival: killed {ROUNDS} times; {len(made)} events all told, {len(ids) - len(set(ids))} of them twice")


main()
