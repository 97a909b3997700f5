"""The batch that is measured: labels with a text and a symbol of their own each, as a works prints them."""

from __future__ import annotations

from random import Random

from remanu.bench.labels.trials import address
from remanu.drawing.fields import LabelFields
from remanu.rules import identity

TEMPLATE, MEDIA = "label-63x38", "a4-l7160"
_NAMES = (
    "高压涡轮转子组件（第一级）",
    "柴油机气缸盖总成",
    "主轴承座（盾构机主驱动）",
    "柱塞泵壳体",
    "齿轮箱输入轴",
    "定影辊组件",
    "磁共振线圈盖板",
)


def batch(count: int) -> list[LabelFields]:
    """So many labels; the same ones every time, none with the address of another."""
    return list(map(label, range(count)))


def label(number: int) -> LabelFields:
    """The label of this number."""
    payload = address(Random(number))  # noqa: S311 (a measurement needs the same labels again)
    *_, item, tag = payload.split("/")
    return LabelFields(
        payload=payload,
        host=f"ID.EXAMPLE.TEST {tag}",
        code=identity.group(item),
        locale="zh-Hans",
        class_word="再制造产品",
        name=_NAMES[number % len(_NAMES)],
        part_number=f"HPT-{4400 + number % 97}-02 rev C",
        serial=f"SN {20417 + number}-{number:04d}",
        organisation="北境透平再制造厂",
        date="2026-03-14",
        standard="XA-STD 8887-220:2024",
        certificate=f"RC-{number:06d}",
        life=str(1 + number % 3),
    )
