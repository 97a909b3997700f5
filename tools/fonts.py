"""Cuts the fonts of labels and certificates from three npm packages and writes FONTS.toml beside them.

Use, where npm is installed:

    python tools/fonts.py remanu/static/fonts

Regular covers GB 2312, Big5 level 1, Latin and symbols; SemiBold covers Latin and the words of the trade, since
it sets headings and never names. The same fontTools version makes the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent
# Where the words are that SemiBold has to set, beside the glossary below.
_WORDED = ("labels", "templates/certificate")
_LATIN = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x370, 0x45F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x22FF),
    (0x2300, 0x2300),
    (0x2460, 0x24FF),
    (0x2500, 0x26FF),
    (0x3000, 0x30FF),
    (0xFF00, 0xFFEF),
)
_LATIN_OF_HEADINGS = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2190, 0x2193), (0x3000, 0x3011))
# Characters of common given names that GB 2312 left out.
_NAMES = "喆堃镕玥珺翀昉晔暕璟琤祎赟甯瑄妤俣彧昇淼燚犇钰垚贇叡珣珮玟玙琪琰頔斌"
# Words of the glossary (domain.md §11) that may stand as a class, a status or a state.
_TRADE = """
再制造 再製造 再制造产品 再製造產品 再生 翻新 整新 大修 维修 維修 再使用 重制 重製 整机再造 升级改造
升級改造 旧件 舊件 毛坯 拆解 清洗 检验 檢驗 检测 檢測 修复 修復 再装配 再組裝 再裝配 验收试验 驗收試驗
不合格 合格 让步接收 讓步接收 隔离 隔離 报废 報廢 在役 现场 現場 限寿件 壽限件 限壽件 放行 未放行 放行证书
放行證書 证书 證書 认证 認證 認定 认定 驗證 认可 認可 互认 互認 标识 標示 標識 溯源 档案 檔案 草稿 作废 作廢
撤销 撤銷 暂停 暫停 有效 无效 無效 已替代 已取代 未知 演示 示范 示範 样本 樣本 副本 航空发动机 航空發動機
燃气轮机 燃氣輪機 盾构机 盾構機 全断面隧道掘进机 隧道掘進機 矿用卡车 礦用卡車 柴油机 柴油機 复印机 影印機
打印机 印表機 涡轮 渦輪 叶片 葉片 转子 轉子 主轴承 主軸承 主驱动 主驅動 刀盘 刀盤 盾体 盾體 终传动 終傳動
曲轴 曲軸 缸体 缸體 电机 電機 泵 阀 閥
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """One font to make: from which package, file and weight, and which characters it keeps."""

    package: str
    version: str
    source: str
    file: str
    licence: str
    heading: bool


_SC = ("@expo-google-fonts/noto-sans-sc", "0.4.3", "NotoSansSC", "OFL-Adobe.txt")
_TC = ("@expo-google-fonts/noto-sans-tc", "0.4.3", "NotoSansTC", "OFL-Adobe.txt")
_LA = ("@expo-google-fonts/noto-sans", "0.4.2", "NotoSans", "OFL-Noto.txt")
_WEIGHTS = (("400Regular", "Regular", False), ("600SemiBold", "SemiBold", True))
CUTS = tuple(
    Cut(
        package,
        version,
        f"package/{folder}/{family}_{folder}.ttf",
        f"{family}-{weight}.ttf",
        licence,
        heading,
    )
    for family_of in (_SC, _TC, _LA)
    for package, version, family, licence in (family_of,)
    for folder, weight, heading in _WEIGHTS
)


def full_set() -> frozenset[int]:
    """Code points of GB 2312, Big5 level 1, Latin and symbols, without control characters."""
    gb = (_decoded("gb2312", high, low) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    big5 = (_decoded("big5", high, low) for high in range(0xA1, 0xC7) for low in range(0x40, 0xFF))
    return frozenset(ord(one) for one in (*gb, *big5, *_NAMES) if one) | _ranges(_LATIN)


def heading_set() -> frozenset[int]:
    """Code points of Latin, of the glossary, and of every word in the label and certificate data."""
    data = [path.read_text("utf-8") for folder in _WORDED for path in (ROOT / folder).rglob("*.toml")]
    words = re.findall(r"[\u3000-\u9fff\uff00-\uffef]", "".join([_TRADE, *data]))
    return frozenset(map(ord, words)) | _ranges(_LATIN_OF_HEADINGS)


def _decoded(encoding: str, high: int, low: int) -> str:
    return bytes((high, low)).decode(encoding, "ignore")


def _ranges(ranges: tuple[tuple[int, int], ...]) -> frozenset[int]:
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def cut(source: Path, target: Path, codes: frozenset[int]) -> int:
    """Write the font at `source` with these characters alone to `target`; how many of them it has."""
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=[*range(7), 13, 14, 16, 17])
    options.layout_features = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
    options.drop_tables += ["vhea", "vmtx", "STAT", "BASE"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return len(TTFont(target).getBestCmap())


def fetch(package: str, version: str, folder: Path) -> Path:
    """The unpacked npm package, as its ordinary client delivers it."""
    command = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    unpacked = folder / done.stdout.strip().removesuffix(".tgz")
    with tarfile.open(folder / done.stdout.strip()) as archive:
        archive.extractall(unpacked, filter="data")
    return unpacked


def main(arguments: list[str]) -> int:
    """Make every cut, its licence and FONTS.toml in the folder that is named."""
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        wanted = dict.fromkeys((one.package, one.version) for one in CUTS)
        sources = {pair[0]: fetch(*pair, Path(name)) for pair in wanted}
        entries = [entry for one in CUTS for entry in _made(one, sources[one.package], target)]
    (target / "FONTS.toml").write_text("\n".join([_HEAD, *entries]), "utf-8")
    return 0


_HEAD = """# Fonts of pages, labels and certificates; `python tools/fonts.py remanu/static/fonts` makes them again.
# Each is a part of the font that its package holds: fewer characters, no hinting, the outlines unchanged.
"""


def _made(one: Cut, source: Path, target: Path) -> Iterator[str]:
    origin, path = source / one.source, target / one.file
    count = cut(origin, path, heading_set() if one.heading else full_set())
    (target / one.licence).write_bytes((source / "package" / "LICENSE_FONT").read_bytes())
    print(f"{one.file}: {count} characters, {path.stat().st_size} bytes")
    yield _entry(one, origin, path, count)


def _entry(one: Cut, origin: Path, path: Path, count: int) -> str:
    names = TTFont(origin)["name"]
    rows = {
        "name": names.getDebugName(4).removesuffix(" Regular"),
        "version": names.getDebugName(5).partition(";")[0].removeprefix("Version "),
        "package": f"{one.package} {one.version}",
        "file": one.file,
        "sha256": _digest(path),
        "source_sha256": _digest(origin),
        "licence": "OFL-1.1",
        "licence_file": one.licence,
    }
    lines = [f'{key} = "{value}"' for key, value in rows.items()]
    return "\n".join(["[[font]]", *lines, f"characters = {count}", ""])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
