"""Make the documents whose styles DOCX and ODT take: pandoc's own, in our letters, colours and measures.

    .venv/bin/python tools/build_references.py

They are committed; this is run again when the look is to change. `@TITLE@` and `@MARK@` in the head of
pages are filled in by tillit/kit/documents/packing.py.
"""

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pypandoc
from lxml import etree

STYLE = Path(__file__).resolve().parent.parent / "tillit/kit/documents/style"
SANS, SERIF = "Source Sans 3", "Source Serif 4"
INK, QUIET, HAIR = "1d2530", "4c5563", "ddd6c9"
# Of each side: its colour, and its edge in Word and in OpenDocument.
SIDES = {
    "Civil": ("a23e12", "single", "solid"),
    "Public": ("0b5a6b", "dashed", "dashed"),
    "Joint": ("553a74", "dotted", "dotted"),
}
HEADINGS = {1: 17, 2: 13, 3: 11, 4: 10.5, 5: 10.5, 6: 10.5}  # points
TITLE = 27
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def parts_of(name: str) -> dict[str, bytes]:
    """Of pandoc's own reference."""
    command = [pypandoc.get_pandoc_path(), f"--print-default-data-file={name}"]
    data = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 (our own)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {it: archive.read(it) for it in archive.namelist()}


def write(name: str, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(STYLE / name, "w") as archive:
        for part, content in sorted(parts.items(), key=lambda it: it[0] != "mimetype"):
            it = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            it.compress_type = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(it, content)


# Word


def letters(font: str, size: float, colour: str = INK, more: str = "") -> str:
    points = round(size * 2)
    return (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>{more}'
        f'<w:color w:val="{colour}"/><w:sz w:val="{points}"/><w:szCs w:val="{points}"/></w:rPr>'
    )


def spaced(before: float, after: float, more: str = "", line: int = 300) -> str:
    space = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return f'<w:pPr>{more}{space} w:line="{line}" w:lineRule="auto"/></w:pPr>'


def edge(colour: str, kind: str) -> str:
    return f'<w:pBdr><w:left w:val="{kind}" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'


def word_styles() -> dict[str, str]:
    bold, keep = "<w:b/>", "<w:keepNext/><w:keepLines/>"
    found = {
        "Normal": spaced(0, 6) + letters(SANS, 10.5),
        "BodyText": spaced(4, 6),
        "Compact": spaced(1, 3),
        "Title": spaced(0, 14, line=252) + letters(SERIF, TITLE, more=bold),
        "TitleChar": letters(SERIF, TITLE, more=bold),
        "Caption": spaced(4, 8) + letters(SANS, 9.5, QUIET),
        "DefinitionTerm": spaced(6, 0, keep) + letters(SANS, 10.5, more=bold),
        "Hyperlink": f'<w:rPr><w:color w:val="{INK}"/><w:u w:val="single"/></w:rPr>',
    }
    for level, size in HEADINGS.items():
        look = letters(SERIF, size, more=bold)
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        found[f"Heading{level}"] = (
            f'<w:pPr>{keep}<w:spacing w:before="{360 if level == 1 else 260}" w:after="100"/>{outline}</w:pPr>'
            + look
        )
        found[f"Heading{level}Char"] = look
    return found


def new_word_styles() -> dict[str, str]:
    found = {name: spaced(3, 5, edge(*side[:2])) for name, side in SIDES.items()}
    box = "".join(
        f'<w:{it} w:val="single" w:sz="6" w:space="6" w:color="{SIDES["Joint"][0]}"/>'
        for it in ("top", "left", "bottom", "right")
    )
    found["Note"] = spaced(6, 8, f"<w:pBdr>{box}</w:pBdr>")
    found["Small"] = spaced(2, 4) + letters(SANS, 9, QUIET)
    return found


def fragment(xml: str) -> list[etree._Element]:
    return list(etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>'))


def word() -> None:
    parts = parts_of("reference.docx")
    styles = etree.fromstring(parts["word/styles.xml"])
    by_id = {it.get(f"{{{W}}}styleId"): it for it in styles.iter(f"{{{W}}}style")}
    for name, xml in word_styles().items():
        for old in [it for it in by_id[name] if it.tag in {f"{{{W}}}pPr", f"{{{W}}}rPr"}]:
            by_id[name].remove(old)
        by_id[name].extend(fragment(xml))
    for name, xml in new_word_styles().items():
        head = f'<w:name w:val="{name}"/><w:basedOn w:val="BodyText"/><w:qFormat/>'
        whole = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}">{head}{xml}</w:style>'
        styles.extend(fragment(whole))
    parts["word/styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8")
    parts["word/header1.xml"], parts["word/footer1.xml"] = word_head(), word_foot()
    join_head_and_foot(parts)
    write("reference.docx", parts)


def word_head() -> bytes:
    tab = '<w:pPr><w:tabs><w:tab w:val="right" w:pos="8950"/></w:tabs></w:pPr>'
    quiet = letters(SANS, 8.5, QUIET)
    loud = letters(SANS, 8.5, INK, "<w:b/>")
    runs = f"<w:r>{quiet}<w:t>@TITLE@</w:t></w:r><w:r>{loud}<w:tab/></w:r><w:r>{loud}<w:t>@MARK@</w:t></w:r>"
    return part("hdr", f"<w:p>{tab}{runs}</w:p>")


def word_foot() -> bytes:
    quiet = letters(SANS, 8.5, QUIET)
    said = [
        f'<w:fldSimple w:instr=" {field} "><w:r>{quiet}<w:t>1</w:t></w:r></w:fldSimple>'
        for field in ("PAGE", "NUMPAGES")
    ]
    text = [f'<w:r>{quiet}<w:t xml:space="preserve">{it}</w:t></w:r>' for it in (" (", ")")]
    return part(
        "ftr",
        f'<w:p><w:pPr><w:jc w:val="right"/></w:pPr>{said[0]}{text[0]}{said[1]}{text[1]}</w:p>',
    )


def part(kind: str, xml: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{xml}</w:{kind}>'.encode()


def join_head_and_foot(parts: dict[str, bytes]) -> None:
    document = parts["word/document.xml"].decode()
    named = "".join(
        f'<w:{kind}Reference xmlns:r="{R}" w:type="default" r:id="rId{number}"/>'
        for kind, number in (("header", 90), ("footer", 91))
    )
    paper = (
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1700" w:right="1474" w:bottom="1474" '
        'w:left="1474" w:header="720" w:footer="720" w:gutter="0"/>'
    )
    section = f"<w:sectPr>{named}{paper}</w:sectPr>"
    document = re.sub(r"<w:sectPr>.*?</w:sectPr>|<w:sectPr ?/>", section, document, flags=re.DOTALL)
    parts["word/document.xml"] = document.encode()
    relations = "".join(
        f'<Relationship Type="{R}/{kind}" Id="rId{number}" Target="{kind}1.xml"/>'
        for kind, number in (("header", 90), ("footer", 91))
    )
    put_before_end(parts, "word/_rels/document.xml.rels", "</Relationships>", relations)
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{office}.{kind}+xml"/>'
        for kind in ("header", "footer")
    )
    put_before_end(parts, "[Content_Types].xml", "</Types>", types)
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in ((SANS, "Calibri"), (SERIF, "Cambria"))
    )
    put_before_end(parts, "word/fontTable.xml", "</w:fonts>", fonts)


def put_before_end(parts: dict[str, bytes], name: str, end: str, xml: str) -> None:
    parts[name] = parts[name].decode().replace(end, f"{xml}{end}").encode()


# OpenDocument


def open_styles() -> dict[str, tuple[str, str]]:
    """Of each style what is said of its paragraphs, and of its letters."""
    serif, sans = font(SERIF), font(SANS)
    colour = f'fo:color="#{INK}"'
    found = {
        "Standard": ("", f'{sans} fo:font-size="10.5pt" {colour}'),
        "Text_20_body": ('fo:margin-top="4pt" fo:margin-bottom="6pt" fo:line-height="125%"', ""),
        "Title": (
            'fo:margin-bottom="14pt" fo:text-align="start"',
            f'{serif} fo:font-size="{TITLE}pt" fo:font-weight="bold" {colour}',
        ),
        "Caption": (
            'fo:margin-top="4pt" fo:margin-bottom="8pt"',
            f'{sans} fo:font-size="9.5pt" fo:color="#{QUIET}"',
        ),
        "Definition_20_Term": (
            'fo:margin-top="6pt" fo:keep-with-next="always"',
            'fo:font-weight="bold"',
        ),
        "Definition_20_Term_20_Tight": (
            'fo:margin-top="6pt" fo:keep-with-next="always"',
            'fo:font-weight="bold"',
        ),
        "Internet_20_link": ("", f'{colour} style:text-underline-style="solid"'),
    }
    for level, size in HEADINGS.items():
        found[f"Heading_20_{level}"] = (
            f'fo:margin-top="{18 if level == 1 else 13}pt" fo:margin-bottom="5pt" fo:keep-with-next="always"',
            f'{serif} fo:font-size="{size}pt" fo:font-weight="bold" fo:font-style="normal" {colour}',
        )
    return found


def new_open_styles() -> dict[str, tuple[str, str]]:
    found = {
        name: (
            f'fo:border-left="2.5pt {kind} #{colour}" fo:border-right="none" fo:border-top="none" '
            'fo:border-bottom="none" fo:padding-left="8pt" fo:margin-top="3pt" fo:margin-bottom="5pt"',
            "",
        )
        for name, (colour, _word, kind) in SIDES.items()
    }
    found["Note"] = (
        f'fo:border="0.8pt solid #{SIDES["Joint"][0]}" fo:padding="6pt" fo:margin-bottom="8pt"',
        "",
    )
    found["Small"] = ("", f'fo:font-size="9pt" fo:color="#{QUIET}"')
    found["Head"] = (
        "",
        f'{font(SANS)} fo:font-size="8.5pt" fo:color="#{QUIET}"',
    )
    return found


def font(name: str) -> str:
    return f'style:font-name="{name}"'


def open_fragment(xml: str) -> list[etree._Element]:
    spaces = {
        "style": f"{OFFICE}style:1.0",
        "text": f"{OFFICE}text:1.0",
        "fo": f"{OFFICE}xsl-fo-compatible:1.0",
        "svg": f"{OFFICE}svg-compatible:1.0",
    }
    said = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    return list(etree.fromstring(f"<x {said}>{xml}</x>"))


def properties(paragraphs: str, text: str) -> str:
    said = f"<style:paragraph-properties {paragraphs}/>" if paragraphs else ""
    return said + (f"<style:text-properties {text}/>" if text else "")


def open_document() -> None:
    parts = parts_of("reference.odt")
    styles = etree.fromstring(parts["styles.xml"])
    style = f"{{{OFFICE}style:1.0}}"
    name_of = f"{style}name"
    all_styles = styles.find(f"{{{OFFICE}office:1.0}}styles")
    by_name = {it.get(name_of): it for it in all_styles.iter(f"{style}style")}
    for name, said in open_styles().items():
        if name not in by_name:  # pandoc names it, and leaves it to the program
            whole = f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Heading"/>'
            all_styles.extend(open_fragment(whole))
            by_name[name] = all_styles[-1]
        for old in [it for it in by_name[name] if it.tag.startswith(style)]:
            by_name[name].remove(old)
        by_name[name].extend(open_fragment(properties(*said)))
    for name, said in new_open_styles().items():
        head = f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Text_20_body">'
        all_styles.extend(open_fragment(f"{head}{properties(*said)}</style:style>"))
    faces = styles.find(f"{{{OFFICE}office:1.0}}font-face-decls")
    for face in (SANS, SERIF):
        faces.extend(
            open_fragment(f'<style:font-face style:name="{face}" svg:font-family="\'{face}\'"/>')
        )
    put_head_and_foot(styles, style)
    parts["styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8")
    write("reference.odt", parts)


def put_head_and_foot(styles: etree._Element, style: str) -> None:
    master = next(styles.iter(f"{style}master-page"))
    for old in list(master):
        master.remove(old)
    numbers = "<text:page-number>1</text:page-number> (<text:page-count>1</text:page-count>)"
    head = '<text:p text:style-name="Head">@TITLE@<text:tab/>@MARK@</text:p>'
    foot = f'<text:p text:style-name="Head"><text:tab/>{numbers}</text:p>'
    master.extend(
        open_fragment(f"<style:header>{head}</style:header><style:footer>{foot}</style:footer>")
    )
    [head_style] = [it for it in styles.iter(f"{style}style") if it.get(f"{style}name") == "Head"]
    tabs = (
        '<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="15.8cm" '
        'style:type="right"/></style:tab-stops></style:paragraph-properties>'
    )
    head_style[:0] = open_fragment(tabs)
    layout = next(styles.iter(f"{style}page-layout"))
    for old in list(layout):
        layout.remove(old)
    layout.extend(
        open_fragment(
            '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm" '
            'fo:margin-bottom="1.5cm" fo:margin-left="2.6cm" fo:margin-right="2.6cm"/>'
            '<style:header-style><style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.6cm"/>'
            "</style:header-style><style:footer-style><style:header-footer-properties "
            'fo:min-height="1cm" fo:margin-top="0.6cm"/></style:footer-style>'
        )
    )


if __name__ == "__main__":
    word()
    open_document()
