"""The assurance pack: logs of assumptions, data, decisions, checks and risks, a STRESS-DES table and the model map.

Each log is rows of text under fixed headings (``logs``), made from the answers of a report and from what ships with the
program; ``pack`` lists them, ``files`` writes them down.
"""

from simulator.documents.assurance.files import files_of, write_assurance
from simulator.documents.assurance.logs import Log
from simulator.documents.assurance.pack import logs_of, model_map_table

__all__ = ["Log", "files_of", "logs_of", "model_map_table", "write_assurance"]
