"""Counts how often the service refused the token of the role under test, or asked it to wait.

A refused token would leave a run that tests nothing and sees nothing wrong: every 401 is documented, and so is every
429. Schemathesis' own warnings hold 401 and 403 to be one thing, and 403 is what a role without the right must get;
and they count the 429 of signing in, which is limited on purpose and needs no token.
"""

import atexit
import json
import os
import pathlib

import schemathesis

_token = f"Bearer {os.environ['KLUSNET_TOKEN']}"
_seen = {"requests": 0, "refused": 0, "limited": 0, "first": None}


@schemathesis.hook
def after_call(context, case, response):
    if response.request.headers.get("Authorization") != _token:
        return
    # An operation without security, such as logging in, answers 401 to what is in the body.
    security = case.operation.definition.raw.get("security", case.operation.schema.raw_schema.get("security"))
    if not security:
        return
    _seen["requests"] += 1
    if response.status_code == 429:
        _seen["limited"] += 1
    if response.status_code == 401:
        _seen["refused"] += 1
        _seen["first"] = _seen["first"] or case.operation.label


@atexit.register
def write():
    if path := os.environ.get("KLUSNET_TOKEN_REPORT"):
        pathlib.Path(path).write_text(json.dumps(_seen), encoding="utf-8")
