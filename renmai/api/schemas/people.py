"""People: themselves, their addresses, consents, messages, keys."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from renmai.accounts.consents import PURPOSES
from renmai.accounts.queries import path_of
from renmai.api.answers import Out, Text
from renmai.api.parsing import Id, In, Plain
from renmai.web.ui.pictures import avatar_url

Day = Annotated[date, Field(strict=False, examples=["1990-05-17"])]


class PersonOut(Out):
    """Oneself."""

    id: int
    display_name: str
    phone: str = Field(alias="masked_phone", examples=["138****8000"])
    language: str
    avatar_url: str
    is_staff: bool
    created_at: datetime

    @staticmethod
    def resolve_avatar_url(user: Any) -> str:
        """The drawn face."""
        return avatar_url(user.avatar_seed)


class MeOut(Out):
    """Oneself, and what one may do."""

    person: PersonOut
    is_agent: bool
    shop_code: str | None
    unread_messages: int
    cart_pieces: int
    permissions: list[str]


class MeIn(In):
    """What to change about oneself; what is missing stays."""

    display_name: str | None = Field(default=None, max_length=60)
    language: Literal["zh-hans", "en"] | None = None


class VisitorOut(Out):
    """A signed visitor id for the ``X-Visitor`` header."""

    visitor: str


class PhoneIn(In):
    """A phone."""

    phone: str = Field(max_length=30, examples=["13800138000"])


class CodeIn(PhoneIn):
    """A phone with the code that was sent to it."""

    code: str = Field(max_length=20, examples=["482913"])
    has_agreed: bool = Field(description="Terms of use and privacy notice were shown and agreed to.", examples=[True])
    token_name: str = Field(default="API", max_length=60, description="What the key is called in the list of keys.")


class StaffSignInIn(In):
    """All that a member of the staff needs: password and the code of the authenticator app."""

    username: str = Field(max_length=60)
    password: str = Field(max_length=256)
    totp: str = Field(default="", max_length=20, examples=["123456"])
    token_name: str = Field(default="API", max_length=60)


class WeChatIn(In):
    """What WeChat sent the browser back with."""

    code: str = Field(max_length=200)
    state: str = Field(max_length=64)
    token_name: str = Field(default="API", max_length=60)


class WeChatAddressOut(Out):
    """Where to send the browser; ``address`` is empty while WeChat is not configured."""

    is_configured: bool
    address: str


class SignedInOut(Out):
    """A key, shown this once, and the visitor to go on with."""

    token: str = Field(examples=["rm_…"])
    expires_at: datetime | None
    person: PersonOut
    visitor: str


class RegionOut(Out):
    """A province, city or district."""

    code: str = Field(examples=["440305"])
    name: str
    level: int


class AddressOut(Out):
    """Where one wants parcels."""

    id: int
    recipient: str
    phone: str
    region_code: str = Field(alias="region_id")
    region_path: str
    street: str
    is_default: bool

    @staticmethod
    def resolve_region_path(address: Any) -> str:
        """The names from the province down."""
        return path_of(address.region)


class AddressIn(In):
    """Where one wants parcels; ``region_code`` names a district."""

    recipient: str = Field(max_length=80)
    phone: str = Field(max_length=30)
    region_code: str = Field(max_length=12, examples=["440305"])
    street: str = Field(max_length=300)
    is_default: bool = False


class ConsentTextOut(Out):
    """A purpose, its text in force, and whether one has agreed to it."""

    purpose: str
    version: str
    title: Text
    says: Text
    is_optional: bool
    is_given: bool


class ConsentOut(Out):
    """One agreement, given and perhaps withdrawn."""

    purpose: str
    version: str
    granted_at: datetime
    withdrawn_at: datetime | None


class CopiedPartOut(Out):
    """One table of one's own copy: what it is about, its columns, and the rows, the newest first. ``is_cut``: there were more."""

    name: str
    topic: str
    about: Text = Field(alias="topic.label")
    columns: list[str]
    rows: list[list[Any]]
    is_cut: bool


class CopyOut(Out):
    """One's own copy of everything that is held."""

    made_at: datetime
    parts: list[CopiedPartOut]


class DeletionIn(In):
    """The code on one's phone; empty for who has none and has just signed in."""

    code: Plain = Field("", max_length=12)


class MessageOut(Out):
    """A message; ``link_kind`` and ``link_key`` say what it is about."""

    id: int
    kind: str
    group: str
    title: Text
    body: Text
    link_kind: str
    link_key: str
    at: datetime
    is_read: bool


class KeptOut(Out):
    """Whether a product is among one's favourites now."""

    is_favourite: bool


class DoneOut(Out):
    """How many were touched."""

    count: int


class TextOut(Out):
    """A text message of the development inbox."""

    phone: str
    purpose: str
    body: str
    created_at: datetime


class TokenOut(Out):
    """A key, without its secret."""

    id: int
    name: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewTokenIn(In):
    """A key to make. Staff prove themselves with a fresh code of their authenticator app."""

    name: str = Field(max_length=60)
    valid_days: int = Field(default=365, ge=1, le=3650)
    totp: str = Field(default="", max_length=20)


class NewTokenOut(Out):
    """A key with its text, which is shown this once."""

    token: str
    key: TokenOut


class WebhookOut(Out):
    """An address that hears of events."""

    id: int
    url: str
    events: list[str]
    is_active: bool
    created_at: datetime


class NewWebhookOut(Out):
    """An address with its secret, which is shown this once."""

    webhook: WebhookOut
    secret: str


class WebhookIn(In):
    """An address to tell, and of what."""

    url: str = Field(max_length=300, examples=["https://erp.example/hooks/renmai"])
    events: list[str] = Field(min_length=1, max_length=100, examples=[["ordering.OrderPaid"]])


class EventOut(Out):
    """An event that can be asked for."""

    name: str
    says: str
    fields: list[str]


class DeliveryOut(Out):
    """One event on its way to one address."""

    id: str
    event_name: str
    status: str
    status_text: Text = Field(alias="get_status_display")
    attempts: int
    due_at: datetime
    last_status_code: int | None
    last_error: str
    created_at: datetime
    delivered_at: datetime | None

    @staticmethod
    def resolve_id(row: Any) -> str:
        """The id as receivers see it."""
        return str(row.pk)


class IdOut(Out):
    """The id of what was made or changed."""

    id: Id


def consent_texts(given: Any) -> list[ConsentTextOut]:
    """Return every purpose with whether its text in force is agreed to."""
    open_ones = {(row.purpose, row.version) for row in given if row.withdrawn_at is None}
    return [
        ConsentTextOut(
            purpose=purpose.value,
            version=text.version,
            title=str(text.title),
            says=str(text.says),
            is_optional=text.is_optional,
            is_given=(purpose.value, text.version) in open_ones,
        )
        for purpose, text in PURPOSES.items()
    ]
