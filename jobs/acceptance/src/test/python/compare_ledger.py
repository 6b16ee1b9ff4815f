"""Holds a demo's lake against what its providers booked: compare_ledger.py LAKE; prints one JSON object.

Every look-up that a provider billed must be in history; a billed answer that was delivered whole must be there as an answer.
"""

import json
import sys
from pathlib import Path

from deltalake import DeltaTable

ANSWERS = {"MATCHED", "PARTIAL", "NOT_FOUND", "REJECTED", "PENDING"}

lake = Path(sys.argv[1])
history = DeltaTable(str(lake / "history")).to_pyarrow_table(columns=["provider", "lookup_key", "outcome"]).to_pylist()
known = {}
for row in history:
    known.setdefault((row["provider"], row["lookup_key"]), set()).add(row["outcome"])

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
