"""The kinds of arrays that measures work on."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.integer[Any]]  # any width: days fit in 32 bits, counts and money need 64
Flags: TypeAlias = NDArray[np.bool_]
