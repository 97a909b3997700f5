"""Names of packs, said in the reader's language and found again by it."""

from __future__ import annotations

from remanu.families.spoken import recorded, spoken


def test_a_name_of_a_pack_is_said_in_the_readers_language():
    """A number behind it stays; what no pack knows is shown as it was recorded."""
    assert spoken("Crankshaft", "zh-Hans") == "曲轴"
    assert spoken("Crankshaft", "zh-Hant") == "曲軸"
    assert spoken("Crankshaft 2", "zh-Hans") == "曲轴 2"
    assert spoken("Diesel engine NW 6L-200", "zh-Hans") == "Diesel engine NW 6L-200"


def test_an_instrument_called_by_its_class_is_said_too():
    """But nobody looks for a part by the name of an instrument."""
    assert spoken("Insulation resistance tester", "zh-Hans") == "绝缘电阻测试仪"
    assert recorded("绝缘电阻测试仪") == []


def test_either_script_leads_to_the_recorded_name():
    """Nothing is looked for where nothing Chinese was asked."""
    assert "Crankshaft" in recorded("曲轴")
    assert "Crankshaft" in recorded("曲軸")
    assert recorded("Crank") == recorded("") == []
