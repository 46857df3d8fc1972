from __future__ import annotations

import inspect

from interdiction import errors


def test_the_tree_in_the_docstring_names_every_error() -> None:
    tree = errors.__doc__ or ""
    classes = [one for one in vars(errors).values() if inspect.isclass(one) and issubclass(one, errors.InterdictError)]
    assert len(classes) > 10
    assert [one.__name__ for one in classes if one.__name__ not in tree] == []


def test_every_error_of_the_tree_keeps_the_exit_code_the_docstring_gives() -> None:
    for line in (errors.__doc__ or "").splitlines():
        name, _, rest = line.strip(" *+-").partition(" ")
        if "exit" in rest:
            code = int(rest.split("exit")[1].split()[0])
            assert vars(errors)[name].exit_code == code, name


def test_an_error_reads_as_what_where_and_how_to_mend_it() -> None:
    error = errors.TableError("no column of names", where="book.csv", mend="use --column name=KUNDE")
    assert str(error) == "no column of names (book.csv) — use --column name=KUNDE"
    assert (error.code, error.exit_code) == ("table", 3)
