"""One reader per format, independent of one another; each is `read(files, list_key) -> Reading`.

`lists.detect.read_edition` chooses the reader. Formats now: OFAC's legacy set in commas and in fixed widths,
OFAC's plain XML, the UN's consolidated XML.
"""

from interdiction.lists.readers.reading import ListFile, Reading

__all__ = ["ListFile", "Reading"]
