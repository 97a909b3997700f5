"""What the manuals behind dimensional_limits.csv say of a reading: for a class as new, and for one to service limits.

Tests of the pure rule and of the whole path hold themselves to the same table.
"""

from __future__ import annotations

REMAN, RECON = "REMANUFACTURED", "RECONDITIONED"
CASES = [
    ("D01", "53.955", REMAN, "REUSE_AS_IS", None),
    ("D01", "53.92", REMAN, "SALVAGE", None),
    ("D01", "53.92", RECON, "ACCEPT_SERVICE_LIMIT", None),
    ("D01", "53.909", RECON, "REPLACE", None),
    ("D01", "53.970", REMAN, "SALVAGE", None),
    ("D02", "49.91", RECON, "ACCEPT_SERVICE_LIMIT", None),
    ("D02", "49.90", REMAN, "REPLACE", None),
    ("D03", "0.03", REMAN, "REUSE_AS_IS", None),
    ("D03", "0.10", REMAN, "SALVAGE", None),
    ("D03", "0.151", RECON, "REPLACE", None),
    ("D04", "64.965", REMAN, "REUSE_AS_IS", None),
    ("D04", "64.90", REMAN, "SALVAGE_SIZE_STEP", "-0.25"),
    ("D04", "64.90", RECON, "ACCEPT_SERVICE_LIMIT", None),
    ("D04", "64.80", RECON, "SALVAGE_SIZE_STEP", "-0.25"),
    ("D04", "64.50", REMAN, "SALVAGE_SIZE_STEP", "-0.50"),
    ("D04", "64.22", REMAN, "SALVAGE_SIZE_STEP", "-0.75"),
    ("D04", "64.15", REMAN, "SALVAGE", None),
    ("D04", "64.09", RECON, "REPLACE", None),
    ("D05", "0.02", REMAN, "SALVAGE", None),
    ("D05", "0.02", RECON, "ACCEPT_SERVICE_LIMIT", None),
    ("D05", "0.031", RECON, "SALVAGE", None),
    ("D06", "57.79", RECON, "SALVAGE_SIZE_STEP", "-0.25"),
    ("D07", "0.150", RECON, "ACCEPT_SERVICE_LIMIT", None),
    ("D07", "0.150", REMAN, "REPLACE", None),
    ("D07", "0.21", RECON, "REPLACE", None),
    ("D08", "56.98", RECON, "SALVAGE_SIZE_STEP", "-0.25"),
    ("D08", "56.74", RECON, "REPLACE", None),
    ("D09", "0", REMAN, "REUSE_AS_IS", None),
    ("D09", "0.005", REMAN, "SALVAGE", None),
    ("D09", "0.011", RECON, "REPLACE", None),
    ("D10", "59.957", RECON, "REPLACE", None),
    ("D11", "82.98", REMAN, "SALVAGE_SIZE_STEP", "-0.250"),
    ("D12", "0.0015", RECON, "ACCEPT_SERVICE_LIMIT", None),
    ("D12", "0.0016", RECON, "REPLACE", None),
]
"""Row of the file, reading, class aimed at, what is proposed, the size to go to."""
