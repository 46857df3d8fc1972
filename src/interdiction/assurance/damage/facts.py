"""Slips in what stands beside a name: days of birth, and the birth dates of other people."""

from __future__ import annotations

from datetime import date, timedelta

from interdiction.assurance.damage.letters import Draws


def day_and_month_exchanged(day: date, _: Draws) -> str | None:
    """Exchange day and month, where that gives another day that exists."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month).isoformat()


def one_digit(day: date, chance: Draws) -> str | None:
    """Exchange one digit of day, month or the last two of the year for another that gives a real day."""
    text = day.isoformat()
    ways = [
        wrong
        for at in (2, 3, 5, 6, 8, 9)
        for digit in "0123456789"
        if digit != text[at] and (wrong := text[:at] + digit + text[at + 1 :]) and _is_day(wrong)
    ]
    return chance.choice(ways) if ways else None


def next_year(day: date, chance: Draws) -> str | None:
    """Give the same day a year before or after."""
    year = day.year + (1 if chance.randrange(2) else -1)
    text = f"{year:04d}{day.isoformat()[4:]}"
    return text if _is_day(text) else None


def year_only(day: date, _: Draws) -> str | None:
    """Give the year alone."""
    return f"{day.year:04d}"


def days_near(day: date, chance: Draws) -> str:
    """Give a day less than two years away, in another year."""
    return (day + timedelta(days=chance.choice((-1, 1)) * chance.randrange(366, 700))).isoformat()


def another(day: date, chance: Draws) -> str:
    """Give somebody else's day: ten to thirty years away."""
    return (day + timedelta(days=chance.choice((-1, 1)) * chance.randrange(3700, 11000))).isoformat()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year > 1900
    except ValueError:
        return False
