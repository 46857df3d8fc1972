from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest

from interdiction.errors import ListFileError
from interdiction.lists.detect import detect, read_edition
from interdiction.lists.readers import ListFile

ROW = '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
ALT = '36,12,"aka","AERO-CARIBBEAN",-0- \r\n'
ADD = '36,25,-0- ,"Havana","Cuba",-0- \r\n'
NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
XML = f'<?xml version="1.0"?><sdnList xmlns="{NAMESPACE}"/>'
ADVANCED = f'<?xml version="1.0"?><Sanctions xmlns="{NAMESPACE.removesuffix("XML")}ADVANCED_XML"/>'
ENHANCED = f'<?xml version="1.0"?><sanctionsData xmlns="{NAMESPACE.removesuffix("XML")}ENHANCED_XML"/>'
UN = '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-28"/>'


def file(text: str, name: str = "file") -> ListFile:
    return ListFile(name, text.encode())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((ROW,), "ofac-csv"),
        ((ADD, ALT, ROW, '36,"more"\r\n'), "ofac-csv"),
        ((f"{36:<10}{'A':<350}{'-0-':<12}{'CUBA':<200}" + "-0-".ljust(200) + "-0-".ljust(8) + "x" * 300,), "ofac-ff"),
        ((XML,), "ofac-xml"),
        (("\ufeff" + XML,), "ofac-xml"),
        ((XML.replace(NAMESPACE, "http://tempuri.org/sdnList.xsd"),), "ofac-xml"),
        ((ADVANCED,), "ofac-advanced-xml"),
        ((ENHANCED,), "ofac-enhanced-xml"),
        ((UN,), "un-xml"),
    ],
)
def test_the_format_is_told_from_the_content(texts: tuple[str, ...], expected: str) -> None:
    assert detect([file(text) for text in texts]) == expected


def test_a_name_says_nothing() -> None:
    assert detect([file(ROW, "consolidated.xml")]) == "ofac-csv"


def test_one_damaged_byte_at_the_beginning_does_not_change_the_format() -> None:
    assert detect([file("<" + ROW[1:] + ROW * 3)]) == "ofac-csv"


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ((), "empty"),
        (("",), "empty"),
        (("\r\n \x1a",), "empty"),
        ((ROW, ""), "empty"),
        (("<!DOCTYPE html><html><body>Service unavailable</body></html>",), "html"),
        (("  <HTML><head/></HTML>",), "html"),
        (('<?xml version="1.0"?><!DOCTYPE html><html/>',), "html"),
        (("Access denied",), "not-a-list"),
        (('<?xml version="1.0"?><rss/>',), "not-a-list"),
        (('<?xml version="1.0"?><Sanctions xmlns="x"/>',), "unknown-namespace"),
        (('<?xml version="1.0"?><sanctionsData xmlns="x"/>',), "unknown-namespace"),
        (("name,country\r\nA,B\r\n",), "unknown-columns"),
        (('36,"A","B"\r\n37,"C","D"\r\n',), "unknown-columns"),
        (("36@A@B@C\r\n",), "unknown-columns"),
        ((XML.replace(NAMESPACE, "urn:other"),), "unknown-namespace"),
        ((UN.replace("dateGenerated", 'xmlns="urn:x" dateGenerated'),), "unknown-namespace"),
        (('<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "b">]><sdnList/>',), "xml-entity"),
        (('<?xml version="1.0"?><!-- nothing',), "damaged-envelope"),
        (('<?xml version="1.0" encoding="martian"?><sdnList/>',), "damaged-envelope"),
        ((ROW, XML), "mixed-formats"),
        ((XML, XML), "duplicate-part"),
    ],
)
def test_what_is_not_recognisably_a_list_is_refused_with_a_reason(texts: tuple[str, ...], code: str) -> None:
    with pytest.raises(ListFileError) as refused:
        detect([file(text, f"file{at}") for at, text in enumerate(texts)])
    assert refused.value.code == code


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_wide_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(ListFileError) as refused:
        detect([ListFile("sdn.csv", ROW.encode(encoding))])
    assert refused.value.code == "encoding"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_a_file_that_is_still_packed_is_refused_and_named_so(pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ListFileError) as refused:
        detect([ListFile("sdn.csv.gz", pack(ROW.encode()))])
    assert (refused.value.code, "unpack" in refused.value.mend) == ("packed", True)


def test_every_refusal_says_where_and_how_to_mend_it() -> None:
    for text in ("", "<html/>", "Access denied", "a,b", XML.replace(NAMESPACE, "urn:x")):
        with pytest.raises(ListFileError) as refused:
            detect([file(text, "sdn.csv")])
        assert refused.value.where == "sdn.csv"
        assert refused.value.mend


def test_an_edition_is_detected_and_read_in_one_step() -> None:
    reading = read_edition([file(ALT), file(ROW)], "ofac-sdn")
    assert (reading.format, reading.parts, len(reading.listings)) == ("ofac-csv", ("alt", "sdn"), 1)
