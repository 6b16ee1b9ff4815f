"""Executes a notebook in place of a person: run_notebook.py NOTEBOOK OUT; fails where a cell fails."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

source, out = Path(sys.argv[1]), Path(sys.argv[2])
notebook = nbformat.read(source, as_version=4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(source.parent)}}).execute()
nbformat.write(notebook, out)
plots = sum("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
print(f"{len(notebook.cells)} cells, {plots} plots")
