"""What a user's own program may propose about a document: each value with the words it claims to have read."""

from __future__ import annotations

import msgspec

from interdiction.model.announcement import ActKind, Modality, Stance
from interdiction.model.designation import Measure
from interdiction.model.party import Kind


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words exactly as they stand in the document, and the character, counted from 0, at which they begin."""

    words: str
    start: int


class _Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="slot"):
    words: str
    """Exactly as they stand in the document."""
    start: int
    """Character of the document at which they begin, counted from 0."""


class ActProposal(_Proposal, frozen=True, tag="act"):
    """The verb or phrase by which an authority does something with its sanctions."""

    act: ActKind
    modality: Modality


class TargetProposal(_Proposal, frozen=True, tag="target"):
    """The name of somebody whom an act means."""

    act: Words
    """The words of that act, read by rules or proposed beside it."""
    party: Kind | None = None


class AliasProposal(_Proposal, frozen=True, tag="alias"):
    """Another name of a target."""

    target: Words


class CountProposal(_Proposal, frozen=True, tag="count"):
    """A number of targets: "10 individuals". The number is read from the words."""

    party: Kind | None = None


class MeasureProposal(_Proposal, frozen=True, tag="measure"):
    """What is forbidden or frozen, as the text states it."""

    measure: Measure | None = None


class ClaimProposal(_Proposal, frozen=True, tag="claim"):
    """What somebody says."""

    stance: Stance
    speaker: Words


class IssuerProposal(_Proposal, frozen=True, tag="issuer"):
    """The authority that acts."""


class InstrumentProposal(_Proposal, frozen=True, tag="instrument"):
    """The number or title of a legal act."""


class DayProposal(_Proposal, frozen=True, tag="day"):
    """A day of an act, of publication, of effect or of expiry. The date is read from the words."""


class CriterionProposal(_Proposal, frozen=True, tag="criterion"):
    """The ground of law on which somebody is named."""


Proposal = (
    ActProposal
    | TargetProposal
    | AliasProposal
    | CountProposal
    | MeasureProposal
    | ClaimProposal
    | IssuerProposal
    | InstrumentProposal
    | DayProposal
    | CriterionProposal
)


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a program answers: who it is, which document it read, and its proposals.

    `sha256` is that of the document, which a file of proposals has to carry: places count in one document only.
    """

    schema: str
    proposals: list[Proposal]
    by: str = ""
    sha256: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """An answer whose proposals were not looked at yet, so that one that is out of form leaves the others standing."""

    by: str
    sha256: str
    proposals: tuple[msgspec.Raw, ...]
