"""A briefing's Word file and workbook as strict readers take them: parts, relations, ids, order."""

import posixpath
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from lxml import etree

from layouts.briefing.files import file_of
from tests.layouts.briefing.documents import document_of
from tests.layouts.briefing.samples import MORE, SAMPLES, WORDS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
           "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
           "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
           "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
           "outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
           "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
           "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
             "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
             "tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
            "tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
              "pgBorders lnNumType pgNumType cols vAlign noEndnote titlePg textDirection bidi "
              "rtlGutter docGrid",
}  # fmt: skip
"""Children in the order of ECMA-376, part 1, chapter 17."""


@pytest.fixture(
    scope="module", params=[f"{day}-{language}" for day in SAMPLES | MORE for language in WORDS]
)
def written(request):
    day, language = request.param.split("-")
    words = WORDS[language]
    document = document_of((SAMPLES | MORE)[day](), words, "a" * 64 if day == "week" else None)
    return {kind: file_of(kind, document, words).content for kind in ("docx", "xlsx")}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_every_part_is_well_formed_and_every_relation_leads_to_one(written, kind):
    with ZipFile(BytesIO(written[kind])) as package:
        names = package.namelist()
        parts = {one: package.read(one) for one in names}
    assert len(set(names)) == len(names)
    trees = {one: etree.fromstring(parts[one]) for one in names if one.endswith((".xml", ".rels"))}
    types = {node.get("PartName", node.get("Extension")) for node in trees["[Content_Types].xml"]}
    for name in names:
        ending = name.rpartition(".")[2]
        assert name == "[Content_Types].xml" or types & {f"/{name}", ending}, name
    for name, tree in trees.items():
        if name.endswith(".rels"):
            ids = [relation.get("Id") for relation in tree]
            assert len(set(ids)) == len(ids)
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in tree.iterfind(RELATION):
                if relation.get("TargetMode") != "External":
                    target = posixpath.join("/", folder, relation.get("Target"))
                    assert posixpath.normpath(target).strip("/") in names


def test_words_parts_stand_in_the_order_of_the_standard_with_ids_of_their_own(written):
    with ZipFile(BytesIO(written["docx"])) as package:
        parts = [one for one in package.namelist() if one.startswith("word/") and ".xml" in one]
        trees = [etree.fromstring(package.read(one)) for one in parts if one.endswith(".xml")]
    for tree in trees:
        for name, order in ORDER.items():
            places = {f"{W}{one}": place for place, one in enumerate(order.split())}
            for node in tree.iter(f"{W}{name}"):
                found = [places[child.tag] for child in node]
                assert found == sorted(found), etree.tostring(node)
        for name in ("bookmarkStart", "docPr"):
            ids = [node.get(f"{W}id", node.get("id")) for node in tree.iter(f"{{*}}{name}")]
            assert len(set(ids)) == len(ids)
        assert all(cell[-1].tag == f"{W}p" for cell in tree.iter(f"{W}tc"))
        grids = list(tree.iter(f"{W}tbl"))
        assert all(grid.getnext().tag == f"{W}p" for grid in grids)


def test_other_libraries_open_them(written):
    assert docx.Document(BytesIO(written["docx"])).paragraphs
    assert openpyxl.load_workbook(BytesIO(written["xlsx"])).worksheets
