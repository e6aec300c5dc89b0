"""Files of all kinds, made small."""

import zipfile
from io import BytesIO

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


def picture(form="PNG"):
    written = BytesIO()
    Image.new("RGB", (20, 20)).save(written, form)
    return written.getvalue()


def archive(parts, packing=zipfile.ZIP_DEFLATED):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", packing) as it:
        for name, content in parts.items():
            it.writestr(name, content)
    return written.getvalue()


def office(kind="wordprocessingml.document", prefix=OFFICE, **more):
    types = f'<Types><Override PartName="/x" ContentType="{prefix}.{kind}.main+xml"/></Types>'
    return archive({"[Content_Types].xml": types, "x": "<x/>", **more})


def opened(kind="text", **more):
    return archive({"mimetype": f"{OPEN}.{kind}", "content.xml": "<x/>", **more})
