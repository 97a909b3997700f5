"""Labels, pairs of template and stock, and a certificate that the drawing tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from remanu.drawing.certificate import CertificateBlocks
from remanu.drawing.fields import LabelFields

PAYLOAD = "https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K"
ENGLISH = LabelFields(
    payload=PAYLOAD,
    host="ID.EXAMPLE.TEST",
    code="8XK4-M9QT2-RWC7",
    class_word="REMANUFACTURED",
    name="High-pressure turbine rotor assembly, stage 1",
    part_number="HPT-4471-02 rev C",
    serial="SN 20417-0093",
    organisation="Norrvik Turbine Works, demonstration hall 2",
    date="2026-03-14",
    standard="XA-STD 8887-220:2024",
    certificate="XA-NTW-2026-000127",
    life="2",
    watermark="DEMO",
)
SIMPLIFIED = replace(
    ENGLISH,
    locale="zh-Hans",
    class_word="再制造产品",
    name="高压涡轮转子组件（第一级）",
    organisation="北境透平再制造厂（演示）",
    watermark="演示",
)
TRADITIONAL = replace(
    ENGLISH,
    locale="zh-Hant",
    class_word="再製造產品",
    name="高壓渦輪轉子組件（第一級）",
    organisation="北境透平再製造廠（演示）",
    watermark="",
)
LABELS = (ENGLISH, SIMPLIFIED, TRADITIONAL)
BLANK = LabelFields(payload=PAYLOAD, host="ID.EXAMPLE.TEST", code="8XK4-M9QT2-RWC7")
# Every template on the stock it is meant for.
PAIRS = (
    ("label-70x40", "roll-70x40"),
    ("label-63x38", "a4-l7160"),
    ("label-50x30", "roll-50x30"),
    ("tag-70x40", "roll-70x40"),
    ("tag-63x38", "a4-l7160"),
    ("tag-50x30", "roll-50x30"),
    ("label-62x25", "letter-5160"),
    ("tag-62x25", "roll-62x29"),
    ("label-44x25", "a4-l6140"),
    ("tag-44x25", "roll-45x30"),
    ("tag-38x21", "a4-l7651"),
    ("label-98x33", "a4-l7162"),
    ("tag-98x33", "a4-l7163"),
    ("label-98x50", "a4-l7165"),
    ("tag-98x50", "letter-5163"),
    ("label-98x50-twin", "roll-102x152-twin"),
    ("tag-98x50-twin", "a4-l7165-twin"),
)

BLOCKS = CertificateBlocks(
    number="XA-NTW-2026-000127",
    organisation="Norrvik Turbine Works (demonstration)",
    address="Hall 2, Harbour Road 14, 8120 Norrvik, Country XA",
    approval="Approval XA-REM-0042 of the fictional Bureau of Country XA",
    description="High-pressure turbine rotor assembly, stage 1",
    part_number="HPT-4471-02 rev C",
    serial="SN 20417-0093",
    code="8XK4-M9QT2-RWC7",
    life="2",
    claim_class="REMANUFACTURED",
    status="Overhauled",
    meaning="I certify that the work in block 11 was done under the standards in block 12a.",
    signer="Ingrid Łuczak",
    authorisation="NTW-CS-007",
    signed_at=datetime(2026, 3, 14, 9, 12, 5, tzinfo=UTC),
    dossier="9f2c61d07ab54e0c8d1f4a6be3357790c1de5502b64f8a17e0a93dd27c4b1f68",
    log="id.example.test/log",
    size=48213,
    root="q7Vd3k…9XwA",
    url="https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7",
    work_order="WO 2026-0311",
    remarks=(
        "Teardown and inspection to manual 72-51-00 revision 31.",
        "Disc D-8841: 6204 cycles since new of 15000; counters were not reset.",
    ),
    standards=("XA-STD 8887-220:2024, remanufacture",),
    watermark="DEMONSTRATION",
)
CHINESE_BLOCKS = replace(
    BLOCKS,
    organisation="北境透平再制造厂（演示）",
    description="高压涡轮转子组件（第一级）",
    claim_class="再制造产品",
    status="大修",
    signer="林思远",
    remarks=("限寿件：轮盘 D-8841，计数未清零。",),
    watermark="",
)
