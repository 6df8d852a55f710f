"""The script that this process serves, and every older one in which somebody is still talking.

A conversation stays with the version that it began with: its files are kept in the database when the first conversation
begins with them, so that any process, of this release or the next, can go on with it. The words people use are not
part of a version: danger is always understood as well as we can today.
"""

import logging
from collections.abc import Callable

from hotline.core.flow import Script

LOG = logging.getLogger(__name__)


class KeptScripts:
    """Implements ports.Scripts."""

    def __init__(self, current: Script, packed: bytes) -> None:
        """`packed`: the files that `current` was read from."""
        self.current, self.packed = current, packed
        self.kept = False
        self._older: dict[str, Script | None] = {}

    def older(self, version: str, find: Callable[[str], bytes | None]) -> Script | None:
        """Another version, read once in the life of this process; None when it was never kept, or cannot be read."""
        if version not in self._older:
            packed = find(version)
            self._older[version] = self._read(version, packed) if packed else None
        return self._older[version]

    def _read(self, version: str, packed: bytes) -> Script | None:
        # Hardly ever needed: what reads and checks YAML would cost every process a third of a second and ten megabytes.
        from .flow_files import ScriptFiles, script_of  # noqa: PLC0415 - as said
        from .yaml_files import FileFaultError  # noqa: PLC0415 - as said

        try:
            return script_of(ScriptFiles.unpacked(packed), self.current.lexicon)
        except FileFaultError as fault:
            LOG.critical("script %s cannot be read any more: %s", version, fault)
            return None
