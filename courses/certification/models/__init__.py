"""Tables of certification: awards and their rules, certificates, status lists, the audit trail."""

from courses.certification.models.awards import Award
from courses.certification.models.certificates import Certificate, CertificateEvent
from courses.certification.models.status import StatusEntry, StatusList
from courses.certification.models.texts import in_language

__all__ = ["Award", "Certificate", "CertificateEvent", "StatusEntry", "StatusList", "in_language"]
