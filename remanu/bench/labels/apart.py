"""What has to be measured in a process of its own: the peak of its memory, and the first label it ever draws.

Run as a file and fed with labels, so that nothing but drawing is loaded there.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from remanu.drawing.fields import LabelFields

FILE = 1000  # labels in one document; more are as many documents, so that memory does not grow with the batch
_STATUS = Path("/proc/self/status")


def measured(labels: Iterable[LabelFields], template: str, media: str) -> dict[str, Any]:
    """`first`: CPU seconds of the first label with all that it loads; `peak_mib` of all of them; `documents`."""
    words = [sys.executable, __file__, template, media]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise AssertionError(words)
        process.stdin.writelines(f"{json.dumps(asdict(label))}\n" for label in labels)
        process.stdin.close()
        told: dict[str, Any] = json.loads(process.stdout.read())
        return told


def main(template: str, media: str) -> None:
    """Draw what comes, in documents of a thousand, forget each, and say what it took."""
    lines = iter(sys.stdin)
    one = next(lines)
    begun = time.process_time()
    drawn = len(_drawn([one], template, media))
    first, documents = time.process_time() - begun, 0
    while some := list(islice(lines, FILE)):
        drawn, documents = drawn + len(_drawn(some, template, media)), documents + 1
    told = {"first": first, "documents": documents, "bytes": drawn, "peak_mib": round(_peak(), 1)}
    sys.stdout.write(json.dumps(told))


def _drawn(lines: list[str], template: str, media: str) -> bytes:
    # Here, because what these lines load is part of what the first label costs.
    from remanu.drawing.fields import LabelFields  # noqa: PLC0415
    from remanu.drawing.media import read_media  # noqa: PLC0415
    from remanu.drawing.pdf import draw_pdf  # noqa: PLC0415
    from remanu.drawing.template import read_template  # noqa: PLC0415

    labels = [LabelFields(**json.loads(line)) for line in lines]
    return draw_pdf(labels, read_template(template), read_media(media))


def _peak() -> float:
    """Most memory that this program held, in MiB.

    The kernel's own figure where there is one: what getrusage says begins with the peak of whoever started us.
    """
    if _STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text("ascii"))
        if found:
            return int(found[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
