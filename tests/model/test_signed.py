"""Whoever decides has a name and a reason."""

from __future__ import annotations

import pytest

from interdiction.errors import UsageError
from interdiction.model.signed import require_by, require_signed


@pytest.mark.parametrize(
    ("by", "why", "code"),
    [
        ("", "seen", "by-required"),
        (" \t", "seen", "by-required"),
        (None, "seen", "by-required"),
        ("J", " ", "why-required"),
    ],
)
def test_an_act_without_its_person_or_its_reason_is_refused(by: str | None, why: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        require_signed("an act", by, why)
    assert caught.value.code == code


def test_a_name_and_a_reason_are_enough() -> None:
    require_signed("an act", "J. Park", "seen the passport")
    require_by("an act", "J. Park")
