"""What schemathesis does between making up a request and judging the answer."""

import json
import os
import zlib

import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

_64_BITS = 1 << 63
# What there is in the server: "PATCH /channels body id" and the values with which that finds it.
_FOUND = json.loads(os.environ["HUBBUB_API_FOUND"])


def _numbers(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner)
    elif isinstance(value, (int, float)):
        yield value


@schemathesis.hook
def filter_case(ctx, case):
    """Leaves out what JSON Schema cannot say: an empty parameter is as one that is not there, and
    a body with a number beyond 64 bits is refused, wherever it stands."""
    if any(value in ("", [""]) for value in (case.query or {}).values()):
        return False
    return all(abs(number) < _64_BITS for number in _numbers(case.body))


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """Half of the good requests are for what there is; half of all want refusals as JSON. Which
    ones, their content says, so that the same seed makes the same run."""
    text = f"{case.method} {case.path} {case.query} {case.body}"
    chance = zlib.crc32(text.encode("utf-8", "replace"))
    # A case about headers is judged anew, as a good one, when a hook changes them.
    is_about_headers = case.meta.phase.data.parameter_location is ParameterLocation.HEADER
    if chance & 1 and not is_about_headers:
        case.headers.setdefault("Accept", "application/json")
    is_linked = case.meta.phase.name is TestPhase.STATEFUL
    if chance & 2 or is_linked or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    for place, values in (("query", case.query), ("body", case.body)):
        for name in values if isinstance(values, dict) else ():
            found = _FOUND.get(f"{case.method} {case.path} {place} {name}")
            if found:
                chosen = found[chance % len(found)]
                values[name] = [chosen] if isinstance(values[name], list) else chosen
