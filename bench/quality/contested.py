"""Rows of name_pairs.csv whose label we contest, with the principle that stands against it.

Found among the errors of half A; half B may hold more.
"""

CONTESTED: tuple[tuple[str, str, str, str], ...] = (
    ("John Doe", "John Down", "true", "Down is another surname: one of two parts is not the name"),
    (
        "President Erdoğan",
        "Recep Tayyip Erdoğan",
        "true",
        "a title and a family name are one of two parts (OFAC FAQ 5, step 3)",
    ),
    ("Carlyle Partners VII L.P.", "Carlyle Partners VIII L.P.", "true", "the number is all that tells two funds apart"),
    (
        "Blackstone Capital Partners VII L.P.",
        "Blackstone Capital Partners VIII L.P.",
        "true",
        "the number is all that tells two funds apart",
    ),
    (
        "Citigroup Capital Trust XV",
        "Citigroup Capital Trust XX",
        "true",
        "the number is all that tells two trusts apart",
    ),
    (
        "Goldman Sachs Mortgage Loan Trust 2004-1",
        "Goldman Sachs Mortgage Loan Trust 2005-1",
        "true",
        "the number is all that tells two trusts apart",
    ),
    ("Victory", "Victory 3", "true", "ships are numbered: Victory 3 is another hull"),
    ("Kim Myong-sik", "Kim Myong-guk", "true", "another syllable of the given name is another man"),
    ("KO CHOL HUN", "KO CHOL MAN", "true", "another syllable of the given name is another man"),
    ("Abiyot Ahmed", "Abiy Ahmed", "true", "Abiyot and Abiy are two given names"),
    ("محمد بن سلطان", "محمد بن سلمان", "true", "Sultan and Salman are two given names"),
    (
        "State Grid Corporation of Chile",
        "State Grid Corporation of China",
        "true",
        "the country tells the sister company from the parent",
    ),
    ("Frederick Buchenberg", "Friedrich Buchenberg", "false", "Frederick and Friedrich are one name in two languages"),
)
"""Name, other name, label, why. At most one row in twenty."""
