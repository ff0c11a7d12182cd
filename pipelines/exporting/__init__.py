"""The published file's tables and views as files for other programs.

Belongs here: CSV and Parquet (`files`), workbooks (`workbook`), what there is to write (`catalog`).
Does not belong here: what the tables say, or the command that asks for them (`console.inquiring`).
"""

from pipelines.exporting.catalog import Exported, ExportError, Written
from pipelines.exporting.files import export_files
from pipelines.exporting.workbook import export_workbook

__all__ = ["ExportError", "Exported", "Written", "export_files", "export_workbook"]
