"""The names of sections and the roles they play.  Any other name is kept and numbered just the same, with role ""."""

from __future__ import annotations

ROLES: dict[str, tuple[str, ...]] = {
    "opening": ("主席致詞", "主席致辭", "主席報告", "主席宣布開會", "宣布開會", "來賓致詞", "來賓致辭"),
    "confirmation": ("確認上次會議紀錄", "宣讀上次會議紀錄", "確認上次會議記錄", "宣讀上次會議記錄"),
    "tracking": ("歷次會議決議追蹤", "上次會議決議辦理情形", "列管事項"),
    "presentation": ("專題分享", "專題報告", "簡報"),
    "report": ("報告事項", "工作報告"),
    "approval": ("承認事項", "追認事項"),
    "discussion": ("討論事項", "提案討論", "議題討論"),
    "election": ("選舉事項",),
    "motion": ("臨時動議", "臨時提案"),
    "resolution": ("決議事項", "會議決議", "會議結論", "結論", "裁示事項"),
    "adjournment": ("散會",),
}

NAMES: dict[str, str] = {name: role for role, names in ROLES.items() for name in names}
