"""hubbub.v1 as src/rest/asyncapi.json describes it, for whoever receives its frames."""

import functools
import json
import os

from jsonschema_rs import Draft7Validator

from harness.server import REPOSITORY

# RFC 6455 7.1.5: no close frame came.
ABNORMAL = 1006
GOING_AWAY = 1001


@functools.cache
def document():
    with open(os.path.join(REPOSITORY, "src/rest/asyncapi.json"), encoding="utf-8") as file:
        return json.load(file)


@functools.cache
def validator(pointer):
    """Of the schema at that place; made once, since every frame of every test passes one."""
    return Draft7Validator({"$ref": "#" + pointer, "components": document()["components"]})


def faults(pointer, value):
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}"
            for error in validator(pointer).iter_errors(value)]


def check_frame(frame):
    message = f"{frame.get('type')}_frame"
    assert message in document()["components"]["messages"], f"not described: {frame}"
    found = faults(f"/components/messages/{message}/payload", frame)
    assert not found, f"not as described: {found} in {frame}"


def check_close(code, reason):
    if code == ABNORMAL:
        return
    found = faults("/components/schemas/CloseCode", code)
    if code == GOING_AWAY:
        found += faults("/components/schemas/RetryDelay", json.loads(reason))
    assert not found, f"not as described: {found} in {code} {reason}"
