"""Loads the DAG as Airflow does, and runs it once against whatever lake and sandbox the environment names."""

import json
import os
from pathlib import Path

import pendulum
import pytest
from airflow.models import DagBag

DAGS = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def dag():
    bag = DagBag(str(DAGS))
    assert bag.import_errors == {}
    return bag.dags["tributary_nightly"]


def test_runs_one_night_at_a_time_and_never_catches_up(dag):
    assert dag.max_active_runs == 1
    assert dag.catchup is False


def test_hands_the_interval_over_and_never_says_today(dag):
    arguments = dag.get_task("nightly").application_args
    assert arguments[arguments.index("--interval-start") + 1] == "{{ data_interval_start | ts }}"
    assert arguments[arguments.index("--interval-end") + 1] == "{{ data_interval_end | ts }}"
    assert "--deferred-ok" in arguments


def test_never_speculates(dag):
    assert dag.get_task("nightly").conf["spark.speculation"] == "false"


@pytest.mark.skipif(
    "TRIBUTARY_TEST_SUMMARIES" not in os.environ, reason="needs a sandbox and a job jar; `mvn verify` gives both"
)
def test_a_night_that_defers_work_is_green_with_a_warning_and_leaves_its_summary(dag, caplog, capfd):
    run = dag.test(logical_date=pendulum.datetime(2026, 8, 21, tz="UTC"))
    assert run.state == "success"
    summaries = list(Path(os.environ["TRIBUTARY_TEST_SUMMARIES"]).glob("*.json"))
    assert len(summaries) == 1
    summary = json.loads(summaries[0].read_text(encoding="utf-8"))
    assert summary["status"] == "deferred"
    assert summary["deferred"] > 0
    assert summary["rows_read"] > 0
    assert summary["golden_changed"] > 0
    warning = f"{summary['deferred']:.0f} keys were deferred to a later night"
    assert warning in caplog.text + "".join(capfd.readouterr())
