"""Runs every check on the exports of one dictum; the exit code says whether all passed."""

import sys
import time
import traceback

import annotations
import archives
import documents
import references
import tables
from common import Exports

CHECKS = [
    *annotations.CHECKS,
    *references.CHECKS,
    *tables.CHECKS,
    *documents.CHECKS,
    *archives.CHECKS,
]


def main() -> int:
    failed = 0
    with Exports(sys.argv[1]) as exports:
        for check in CHECKS:
            began = time.monotonic()
            try:
                said = check(exports)
                verdict = "ok  "
            except Exception:  # a check that cannot run has failed
                said = traceback.format_exc()
                verdict = "FAIL"
                failed += 1
            took = time.monotonic() - began
            print(f"{verdict} {check.__doc__} ({said or ''}; {took:.1f} s)", flush=True)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} checks passed")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
