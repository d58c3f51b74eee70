"""What an open deal is worth, and what a CRM's defaults would claim."""

import numpy as np
import pytest

from earnest.forecast import deals
from tests.measures import tarnholt

TABLE = np.array(tarnholt.OPEN_DEALS)


@pytest.mark.at("AT-23")
def test_stage_defaults_on_the_demo_pipeline():
    claimed = TABLE[:, 0] @ deals.stage_chances(TABLE[:, 2], 5)
    assert round(float(claimed), 1) == 1_861.8


def test_two_stages_take_the_first_defaults():
    assert deals.stage_chances(np.array([1.0, 2.0, np.nan]), 2).tolist()[:2] == [0.10, 0.25]
    assert np.isnan(deals.stage_chances(np.array([np.nan]), 2)).all()


def test_ten_stages_are_spread_over_the_five_defaults():
    found = deals.stage_chances(np.arange(1.0, 10.0), 9)
    assert found.tolist() == pytest.approx([0.10, 0.175, 0.25, 0.325, 0.40, 0.50, 0.60, 0.675, 0.75])
