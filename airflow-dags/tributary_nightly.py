"""The nightly enrichment as an Airflow DAG: one spark-submit, with the interval as arguments.

Settings come from Airflow variables, so that the file needs no change:

- ``tributary_job_jar``: the job jar (``tributary-job.jar``);
- ``tributary_conf``: the folder with ``pipeline.yaml``;
- ``tributary_summary_dir``: where each night leaves its summary as JSON (a path that workers share);
- ``tributary_sets``: optional overrides as a JSON list, for instance ``["journal.max-answers=100"]``.

The job is idempotent: a retry after a crash first harvests what the dead attempt paid for, and asks only the rest.
Deferred work (budget, quota, a provider that is down) leaves the night green; the second task says so.
"""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, task

SUMMARY = "{{ var.value.tributary_summary_dir }}/{{ run_id | replace(':', '-') }}.json"

with DAG(
    dag_id="tributary_nightly",
    description="Enrich the CRM records that changed today",
    schedule="0 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
    render_template_as_native_obj=False,
    tags=["tributary"],
) as dag:
    nightly = SparkSubmitOperator(
        task_id="nightly",
        conn_id="spark_default",
        name="tributary-nightly",
        application="{{ var.value.tributary_job_jar }}",
        java_class="io.tributary.jobs.cli.Tributary",
        # A paid call must not be made twice by a second copy of a slow task.
        conf={"spark.speculation": "false"},
        application_args=[
            "nightly",
            "--conf",
            "{{ var.value.tributary_conf }}",
            "--interval-start",
            "{{ data_interval_start | ts }}",
            "--interval-end",
            "{{ data_interval_end | ts }}",
            "--sets",
            "{{ var.value.get('tributary_sets', '[]') }}",
            "--deferred-ok",
            "--summary-file",
            SUMMARY,
        ],
    )

    @task(task_id="say_what_was_deferred")
    def say_what_was_deferred(summary_file: str) -> int:
        """Warns about work that was left for a later night; returns how many keys."""
        summary = json.loads(Path(summary_file).read_text(encoding="utf-8"))
        deferred = int(summary["deferred"])
        if deferred:
            logging.getLogger(__name__).warning(
                "%s keys were deferred to a later night: %s", deferred, "; ".join(summary["notes"]) or "see the runs table"
            )
        return deferred

    nightly >> say_what_was_deferred(SUMMARY)
