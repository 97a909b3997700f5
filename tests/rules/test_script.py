"""The table of two scripts that search folds by."""

from __future__ import annotations

import pytest

from remanu.rules import script
from remanu.rules.text import search_words

# Terms of the trade whose two forms differ in script alone.
TERMS = """
再制造产品/再製造產品 维修/維修 升级改造/升級改造 旧件/舊件 旧件分级/舊件分級 旧件验收标准/舊件驗收標準
旧件押金/舊件押金 检验/檢驗 检测/檢測 修复/修復 热喷涂/熱噴塗 激光熔覆/激光熔覆 电刷镀/電刷鍍
增材制造/增材製造 机械加工/機械加工 验收试验/驗收試驗 让步接收/讓步接收 隔离/隔離 报废/報廢 现场/現場
限寿件/限壽件 自新总循环/自新總循環 全寿命追溯/全壽命追溯 推力等级/推力等級 主轴承/主軸承 主驱动/主驅動
刀盘/刀盤 盾体/盾體 终传动/終傳動 曲轴/曲軸 缩小/縮小 印量计数/印量計數 认证/認證 认定/認定
认证机构/認證機構 认可机构/認可機構 认证方案/認證方案 范围/範圍 监督/監督 暂停/暫停 撤销/撤銷 证明/證明
互认协议/互認協議 放行证书/放行證書 标识/標識 溯源/溯源 档案/檔案 质量/質量 节能/節能 减排/減排
碳足迹/碳足跡 避免负荷法/避免負荷法 有害物质/有害物質 均质材料/均質材料 绿色供应链/綠色供應鏈
生命周期/生命週期 发动机/發動機 齿轮/齒輪 涡轮/渦輪 叶片/葉片 气缸体/氣缸體 连杆/連桿 轴瓦/軸瓦 电机/電機
轮边减速器/輪邊減速器 绝缘/絕緣 裂纹/裂紋 焊缝/焊縫
"""


def test_the_strings_are_aligned():
    """As many characters in one as in the other, and enough of them."""
    assert len(script.TRADITIONAL) == len(script.SIMPLIFIED) > 1000


def test_each_traditional_character_stands_once():
    """No later pair overrides an earlier one."""
    assert len(set(script.TRADITIONAL)) == len(script.TRADITIONAL)


def test_folding_ends_after_one_step():
    """No character that is folded to is itself folded."""
    assert not set(script.TRADITIONAL) & set(script.SIMPLIFIED)


@pytest.mark.parametrize("term", TERMS.split())
def test_terms_of_the_trade_are_found_in_both_scripts(term):
    """Whoever types one form finds what was entered in the other."""
    simplified, traditional = term.split("/")
    assert search_words(traditional) == search_words(simplified) == list(simplified)
