"""The asset after the published file: its public pages, written when somebody asks for them."""

from __future__ import annotations

import dagster as dg

from pipelines.defs.resources import PUBLISHED, FoldersResource


@dg.asset(group_name=PUBLISHED, deps=["published"], kinds={"html"})
def site(folders: FoldersResource) -> dg.MaterializeResult[None]:
    """The public ledger as plain pages beside the published file (公示页面)."""
    from pipelines.site.build import build_site, default_folder

    resolved = folders.resolve()
    built = build_site(resolved.warehouse, default_folder(resolved.warehouse), raw=resolved.raw)
    return dg.MaterializeResult(
        metadata={
            "first page": dg.MetadataValue.path(str(built.folder / "index.html")),
            "files": built.files,
            "written anew": built.written,
            "taken away": built.removed,
            "pages without a picture": built.sheets_without_picture,
        }
    )
