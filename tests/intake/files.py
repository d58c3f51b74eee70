"""Files as strangers send them, and how a child process reads them, without the process."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from earnest.intake import assembling, child, unreadable
from earnest.intake.handover import Job, Task
from earnest.intake.limits import Limits
from earnest.intake.raw import RawTable

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0"?>'
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_TYPES}"><Default Extension="xml" '
    'ContentType="application/xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="S1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def tables(source: Path, name: str = "export.csv", *, limits: Limits | None = None) -> list[RawTable]:
    """The tables that reading a file gives, as the child and the parent do it, in this process."""
    task = Task(0, name, str(source))
    with pytest.MonkeyPatch.context() as patch:
        # What the child says on its standard output is for the parent's ears.
        patch.setattr(child, "_say", lambda word: None)
        answer = child.answer_to(task, Job(str(source.parent), (task,), limits or Limits()))
    if answer.refusal is not None:
        said = answer.refusal
        raise unreadable.again(said.code, said.what, why=said.why, fix=said.fix, data=said.data)
    return [assembling.table(found, source, source.parent) for found in answer.tables]


def table(folder: Path, content: str | bytes, name: str = "export.csv", *, limits: Limits | None = None) -> RawTable:
    """The one table of a file with this content."""
    source = folder / "0.in"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = tables(source, name, limits=limits)
    return found


def refusal(
    folder: Path, content: str | bytes, name: str = "export.csv", *, limits: Limits | None = None
) -> unreadable.Unreadable:
    """Why a file with this content cannot be read."""
    with pytest.raises(unreadable.Unreadable) as caught:
        table(folder, content, name, limits=limits)
    return caught.value


def sheet(*cells: str, inside: str = "") -> str:
    """The XML of a sheet from cells as `A1=text`, in the order of their rows."""
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, at))}"><c r="{at}" t="str"><v>{text}</v></c></row>'
        for at, text in (cell.split("=", 1) for cell in cells)
    )
    return f'{_XML}{inside}<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>'


def workbook(path: Path, sheet_xml: str, extra: Mapping[str, str | bytes] | None = None) -> Path:
    """A workbook made by hand, so that it can hold what no spreadsheet program would write."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": sheet_xml, **(extra or {})}.items():
            archive.writestr(name, content)
    return path
