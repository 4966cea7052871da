"""A Dagster job that asks Deskhand for a person's word, and loads only when it is given."""

import json
import os
import time
import urllib.parse
import urllib.request

from dagster import OpExecutionContext, RetryPolicy, job, op

URL = os.environ["OFFICE_URL"]
TOKEN = os.environ["OFFICE_TOKEN"]


def call(method, path, body=None):
    request = urllib.request.Request(
        URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": f"Bearer {TOKEN}", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@op(retry_policy=RetryPolicy(max_retries=3, delay=1))
def ask_controller(context: OpExecutionContext) -> str:
    # The run and the op name the step, so a retried op finds the question it asked before.
    path = "/v1/pipeline-steps/" + urllib.parse.quote(f"{context.run_id}/{context.op.name}", safe="")
    question = {
        "kind": "decision",
        "title": "Load the ledger?",
        "question": "The nightly load holds 12 rows more than yesterday. Load it?",
        "choices": ["load", "skip"],
        "role": "controller",
    }
    call("PUT", path, {"request": question})
    if context.retry_number == 0:
        raise RuntimeError("the worker lost its place after it had asked")
    while True:
        step = call("GET", path)
        if step["status"] == "ended":
            return step["result"]["decision"]
        time.sleep(0.5)


@op
def load(context: OpExecutionContext, decision: str):
    with open(os.environ["RESULT_FILE"], "w") as file:
        json.dump({"decision": decision, "loaded": decision == "load"}, file)


@job
def nightly_load():
    load(ask_controller())
