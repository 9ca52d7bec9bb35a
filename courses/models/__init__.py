"""Tables of the courses app: page types, learners' records, certification."""

from courses.certification.casework import Batch, BatchLine, NameCorrection, TaskFailure
from courses.certification.looks import Layout, LayoutPicture, LayoutSignatory
from courses.certification.models import Award, Certificate, CertificateEvent, StatusEntry, StatusList
from courses.models.calendars import CalendarAddress
from courses.models.desk import LinkCheck, PageFinding, PageHealth, SignOffTask, TranslationPair
from courses.models.notes import Note
from courses.models.pages import ActivityPage, CataloguePage, CoursePage, LessonPage, ModulePage, Stage, activity_models
from courses.models.records import ActivityPass, ActivityRecord, CheckAnswer, Enrolment
from courses.models.sources import SourceFile

__all__ = [
    "ActivityPage",
    "ActivityPass",
    "ActivityRecord",
    "Award",
    "Batch",
    "BatchLine",
    "CalendarAddress",
    "CataloguePage",
    "Certificate",
    "CertificateEvent",
    "CheckAnswer",
    "CoursePage",
    "Enrolment",
    "Layout",
    "LayoutPicture",
    "LayoutSignatory",
    "LessonPage",
    "LinkCheck",
    "ModulePage",
    "NameCorrection",
    "Note",
    "PageFinding",
    "PageHealth",
    "SignOffTask",
    "SourceFile",
    "Stage",
    "StatusEntry",
    "StatusList",
    "TaskFailure",
    "TranslationPair",
    "activity_models",
]
