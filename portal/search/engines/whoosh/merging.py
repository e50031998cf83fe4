"""Which segments a commit joins to the new one, so that there are always few and no commit takes long.

What is left is more than three times as large as what is written, so sizes grow geometrically: nine segments up to
the largest that are joined at all. Larger ones stay as they are until most of what they held is gone.
"""

from collections.abc import Sequence

LARGEST = 10_000
"""Units that a commit writes at most by joining: about ten seconds, once in thousands of changes."""
_RATIO = 3


def chosen(sizes: Sequence[int], new: int) -> list[int]:
    """Places of the segments to be joined to `new` units. `sizes`: live units of each."""
    joined: list[int] = []
    for place in sorted(range(len(sizes)), key=sizes.__getitem__):
        if sizes[place] > _RATIO * new or new + sizes[place] > LARGEST:
            break
        joined.append(place)
        new += sizes[place]
    return sorted(joined)
