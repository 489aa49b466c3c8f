"""Facts about people."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class MemberJoined(Event):
    """A person signed in for the first time."""

    user_id: int


@dataclass(frozen=True)
class VisitorRecognised(Event):
    """A guest's browser signed in: what the guest did now belongs to the user."""

    visitor_id: str
    user_id: int


@dataclass(frozen=True)
class SignedInElsewhere(Event):
    """A member signed in with a browser in which she never was before, having used others."""

    user_id: int
    sign_in_id: int


@dataclass(frozen=True)
class AccountDeleted(Event):
    """A member's account is no more: her name, phone and sessions are gone already, what rooms hold of her goes now."""

    user_id: int


@dataclass(frozen=True)
class ConsentGiven(Event):
    """A person agreed to an optional purpose, to the text that is in force."""

    user_id: int
    purpose: str


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """A person no longer agrees to an optional purpose. What asks for her consent knows it at once; this is for what was kept by it."""

    user_id: int
    purpose: str
