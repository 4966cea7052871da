"""Reads one PDF's path a line from stdin, prints what invoice2data's own templates find as JSON: {"ms", "fields": {...} or null}."""
import json
import logging
import sys
import time

from invoice2data import extract_data
from invoice2data.extract.loader import read_templates

logging.disable(logging.CRITICAL)
templates = read_templates()
print(json.dumps({"ready": True}), flush=True)
for path in sys.stdin:
    began = time.perf_counter()
    try:
        found = extract_data(path.strip(), templates=templates) or None
    except Exception:
        found = None
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000, "fields": found}, default=str), flush=True)
