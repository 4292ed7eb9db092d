#!/usr/bin/env bash
# Holds the job against the single process: test.sh DICTUM [STATEMENTS]
# Needs Java 17 and Python; PySpark comes from the package registry into a folder beside the build. Statements are
# paragraphs of `large.jsonl.gz` in the folder $DICTUM_CORPORA, or ../shared/corpora, else of the bundled sample.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
dictum="$(realpath "${1:?usage: test.sh DICTUM [STATEMENTS]}")"
command -v java >/dev/null || { echo "java is needed" >&2; exit 1; }

folder="${DICTUM_SPARK:-${CARGO_TARGET_DIR:-$here/../../target}/spark}"
if ! cmp -s "$here/requirements.txt" "$folder/requirements.txt"; then
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$folder/requirements.txt"
fi
export DICTUM_CORPORA="${DICTUM_CORPORA:-$here/../../../shared/corpora}"
exec "$folder/bin/python" "$here/test.py" "$dictum" "${2:-20000}"
