"""Holds a demo's lake against what its providers booked: compare_ledger.py LAKE; prints one JSON object.

Every look-up that a provider billed must be in history; a billed answer that was delivered whole must be there as an answer.
"""

import json
import sys
from pathlib import Path

import duckdb
from deltalake import DeltaTable

ANSWERS = {"MATCHED", "PARTIAL", "NOT_FOUND", "REJECTED", "PENDING"}

lake = Path(sys.argv[1])
# The table says which files are of its newest version; DuckDB reads them, and leaves no thread behind when Python ends.
files = DeltaTable(str(lake / "history")).file_uris()
history = duckdb.execute("SELECT provider, lookup_key, outcome FROM read_parquet(?, hive_partitioning = true)", [files])
known = {}
for provider, key, outcome in history.fetchall():
    known.setdefault((provider, key), set()).add(outcome)

billed, missing, unanswered = 0, [], []
for file in sorted((lake / "provider-calls").glob("*.ndjson")):
    for line in file.read_text().splitlines():
        call = json.loads(line)
        if call["billed_credits"] == 0:
            continue
        billed += 1
        kind = "email" if call["entity"] == "person" else "domain"
        outcomes = known.get((call["provider"], f"{kind}:{call['input']}"))
        if outcomes is None:
            missing.append(call)
        elif call["fate"] == "answered" and not outcomes & ANSWERS:
            unanswered.append(call)
print(json.dumps({"billed": billed, "missing": missing, "unanswered": unanswered}))
