"""A script as a process has it, made from its files."""

from hotline.adapters.flow_files import ScriptFiles, script_of
from hotline.adapters.kept_scripts import KeptScripts
from hotline.core.reading import Lexicon


def kept(files: ScriptFiles, lexicon: Lexicon) -> KeptScripts:
    """The newest version."""
    return KeptScripts(script_of(files, lexicon), files.packed())
