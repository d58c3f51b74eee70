"""The history of Tarnholt, the demo story: cycle days of 84 ended deals and the age of 30 open ones."""

import numpy as np

from earnest.measures.columns import DECLINED, LOST, NO_DECISION, OPEN, WON
from earnest.measures.cycle import Lives

_DAYS = {
    "ent": {
        WON: "172 201 219 236 251 289 341",
        LOST: "22 47 84 109 133 152 176 239 281",
        NO_DECISION: "174 240 288 296 309 323 341 358 380 412",
        OPEN: "21 176 52 117 138 149 207 229 254 337",
    },
    "mid": {
        WON: "98 117 129 138 149 156 164 171 178 187 196 210 232 268",
        LOST: "14 19 26 31 34 41 52 58 63 71 78 88 95 101 116 124 141 163 190 212",
        NO_DECISION: "61 83 97 112 126 139 151 158 167 186 193 204 211 223 231 252 263 275",
        DECLINED: "3 6 9 12 21 37",
        OPEN: "98 308 5 9 12 17 24 28 33 39 46 57 63 70 79 88 104 126 163 189",
    },
}

# (value in thousands, chance to be won in the first quarter, claimed stage), deal by deal
OPEN_DEALS = (
    (71, 0.62, 4), (310, 0.04, 5), (128, 0.02, 5), (265, 0.48, 5), (64, 0.06, 1), (92, 0.30, 3), (205, 0.41, 4),
    (80, 0.66, 5), (150, 0.12, 2), (58, 0.05, 1), (75, 0.10, 2), (110, 0.34, 4), (180, 0.09, 3), (90, 0.08, 4),
    (240, 0.04, 4), (160, 0.03, 5), (66, 0.05, 3), (72, 0.12, 3), (85, 0.33, 4), (60, 0.10, 5), (140, 0.11, 3),
    (48, 0.12, 4), (70, 0.05, 1), (95, 0.31, 3), (62, 0.20, 2), (190, 0.58, 5), (120, 0.36, 4), (54, 0.05, 1),
    (68, 0.10, 2), (57, 0.17, 2),
)  # fmt: skip


def lives() -> Lives:
    rows = [
        (int(days), cause, number)
        for number, causes in enumerate(_DAYS.values())
        for cause, text in causes.items()
        for days in text.split()
    ]
    age, cause, segment = (np.array(values) for values in zip(*rows, strict=True))
    return Lives(np.zeros_like(age), age, cause, segment, tuple(_DAYS))
