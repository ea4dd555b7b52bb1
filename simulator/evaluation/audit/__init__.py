"""Whether the figures that a report computes follow from the figures it computes them from."""

from simulator.evaluation.audit.flags import flags_of, report_paths
from simulator.evaluation.audit.relations import relations_path
from simulator.evaluation.audit.verdicts import Finding, Verdict, audit, explained, shown

__all__ = ["Finding", "Verdict", "audit", "explained", "flags_of", "relations_path", "report_paths", "shown"]
