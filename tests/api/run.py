#!/usr/bin/env python3
"""openapi.json against the real server: schemathesis makes up requests, good ones and bad ones, and
holds every answer against the description.

    HUBBUB_BINARY=build/release/hubbub build/venv/bin/python tests/api/run.py --report FOLDER

Two servers: one with an identity provider, on which all routes are asked, and one with built-in
accounts for those that only it has.
"""

import argparse
import base64
import contextlib
import json
import os
import subprocess
import sys

API = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(API))

from harness.chat import Chat  # noqa: E402
from harness.house import House  # noqa: E402
from harness.issuer import Issuer  # noqa: E402
from harness.server import Server, temporary_folder  # noqa: E402
from harness.tokens import sub_of  # noqa: E402

EXAMPLES = 25
# The old server answers any method there, and so do we.
ANY_METHOD = ["/discovery", "/users", "/activity/sessions", "/activity/channels"]
# No schema can say what the issuer has signed: all that is made up is refused.
SIGNED = ["/backchannel-logout"]


def populate(chat):
    """Something of everything; returns what there is, as hooks.py wants it."""
    people = [chat.connect(name) for name in ("alice", "bob", "carol", "dave")]
    for number in range(60):
        people[number % 3].send(f"message {number}")
    for name in ("second", "third", "fourth"):
        chat.create_channel(name)
    chat.http("DELETE", f"/channels?id={chat.channel_id('fourth')}", by="admin")
    bans, mutes = [], []
    for name in ("carol", "dave"):
        answer = chat.http("POST", "/users/ban", by="admin", json={"banished_id": sub_of(name)})
        bans.append(int(answer.json()["ban_id"]))
    for name in ("alice", "bob"):
        answer = chat.http("POST", "/users/mute", by="admin", json={"user_id": sub_of(name)})
        mutes.append(answer.json()["mute_id"])
    found = chat.http("GET", "/messages", by="admin").json()["payload"]["messages"]
    channels = [one["id"] for one in chat.http("GET", "/channels", by="admin").json()["channels"]]
    subs = [person.sub for person in people]
    return {"PATCH /channels body id": channels, "PATCH /channels body before_id": channels,
            "DELETE /channels query id": channels[1:], "GET /messages query user_id": subs,
            "GET /messages query channel": ["general"], "GET /messages query keyword": ["message"],
            "DELETE /messages body ids": [one["id"] for one in found],
            "GET /users query username": ["alice"], "GET /users query search": ["a"],
            "GET /users/profile query id": subs, "POST /users/ban body banished_id": subs,
            "DELETE /users/ban query ban_id": bans, "GET /users/bans query user_id": subs,
            "POST /users/mute body user_id": subs, "POST /users/mute body channel_id": channels,
            "DELETE /users/mute query mute_id": mutes, "GET /users/mutes query user_id": subs,
            "GET /activity/sessions query user_id": subs,
            "GET /audit query actor_id": [sub_of("admin")], "GET /audit query action": ["channel."]}


def configuration():
    """schemathesis.toml, and what is not as usual on some routes."""
    with open(os.path.join(API, "schemathesis.toml"), encoding="utf-8") as file:
        text = file.read()
    for path in ANY_METHOD:
        text += f'\n[[operations]]\ninclude-path = "{path}"\n'
        text += "checks.unsupported_method.enabled = false\n"
    for path in SIGNED:
        text += f'\n[[operations]]\ninclude-path = "{path}"\n'
        text += "checks.positive_data_acceptance.enabled = false\n"
    return text


def subject_of(token):
    claims = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]


def explore(server, token, found, seed, report, *options):
    """True when every answer was as described."""
    path = os.path.join(server.folder, "schemathesis.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(configuration())
    command = [os.path.join(os.path.dirname(sys.executable), "schemathesis"),
               "--config-file", path, "run", server.url + "/openapi.json", "--no-color",
               "--header", f"Authorization: Bearer {token}", "--seed", str(seed),
               "--max-examples", str(EXAMPLES), "--report", "junit", "--report-junit-path", report,
               *options]
    ended = subprocess.run(command, cwd=server.folder, stdin=subprocess.DEVNULL, env={
        **os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": API,
        "HUBBUB_API_FOUND": json.dumps(found)})
    return ended.returncode == 0


def all_routes(seed, folder):
    with contextlib.ExitStack() as stack:
        issuer = Issuer()
        stack.callback(issuer.close)
        server = Server(stack.enter_context(temporary_folder()), HUBBUB_OIDC_ISSUER=issuer.url)
        stack.callback(server.close)
        chat = Chat(server.start(), issuer)
        stack.callback(chat.close)
        chat.start_empty()
        chat.limit_messages(100_000, 10)
        token = issuer.token("admin", roles=["admin"])
        return explore(server, token, populate(chat), seed, os.path.join(folder, "routes.xml"))


def built_in_accounts(seed, folder):
    with temporary_folder() as data:
        house = House(data, HUBBUB_SIGN_UP="open")
        try:
            alice, bob = house.administrator(), house.member()
            token = alice.tokens().json()["access_token"]
            ids = [subject_of(token), subject_of(bob.tokens().json()["access_token"])]
            made = alice.with_token("POST", "/accounts/invitations", token, json={}).json()
            found = {"PATCH /accounts body id": ids, "POST /accounts/reset body id": ids,
                     "DELETE /accounts/invitations query code": [made["code"]]}
            return explore(house.server, token, found, seed, os.path.join(folder, "accounts.xml"),
                           "--include-tag", "Built-in accounts")
        finally:
            house.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report", required=True, help="folder for the JUnit reports")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    folder = os.path.abspath(options.report)
    verdicts = [all_routes(options.seed, folder), built_in_accounts(options.seed, folder)]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
