"""Sign-in through WeChat's page authorisation (网页授权, ``snsapi_base``): who somebody is, nothing more.

Off unless app id and secret are configured. Only the ``openid`` is kept; names and pictures are not asked for.
"""

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare

from renmai.kernel.errors import DomainError

if TYPE_CHECKING:
    import httpx

AUTHORISE_URL = "https://open.weixin.qq.com/connect/oauth2/authorize"
TOKEN_URL = "https://api.weixin.qq.com/sns/oauth2/access_token"  # noqa: S105  an address  # nosec B105
TIMEOUT_SECONDS = 5.0
CODE_MAX_LENGTH = 200
STATE_MIN_LENGTH = 16
STATE_MAX_LENGTH = 128
"""WeChat passes on at most 128 letters and digits."""

BUSY = -1

logger = logging.getLogger(__name__)


def is_on() -> bool:
    """Whether WeChat sign-in is configured."""
    return bool(settings.RENMAI_WECHAT_APP_ID and settings.RENMAI_WECHAT_APP_SECRET)


def authorisation_url(state: str, redirect_uri: str) -> str:
    """Return the page of WeChat to send a browser to. It comes back to ``redirect_uri`` with ``code`` and ``state``.

    ``state`` is an unguessable text of letters and digits that the caller keeps in the session. Raises ``channels.wechat_off``,
    and ``channels.redirect`` for an address that is not the shop's own.
    """
    _require_on()
    if not (STATE_MIN_LENGTH <= len(state) <= STATE_MAX_LENGTH and state.isascii() and state.isalnum()):
        raise ValueError("the state must be 16 to 128 ASCII letters and digits")
    _require_own(redirect_uri)
    query = urlencode(
        {
            "appid": settings.RENMAI_WECHAT_APP_ID,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
    )
    return f"{AUTHORISE_URL}?{query}#wechat_redirect"


def check_state(expected: str, given: str) -> None:
    """Raise ``channels.wechat_state`` unless the state that came back is the one the session kept. An empty one never is."""
    if not expected or not constant_time_compare(expected, given):
        raise DomainError("channels.wechat_state")


def identify(code: str, *, transport: "httpx.BaseTransport | None" = None) -> str:
    """Return the ``openid`` behind the ``code`` that WeChat gave the browser. Asks WeChat: never inside a transaction.

    Raises ``channels.wechat_code`` when WeChat refuses the code, ``channels.wechat_unreachable`` when it does not answer in
    five seconds or not in its own format, ``channels.wechat_off``.
    """
    _require_on()
    if not 0 < len(code) <= CODE_MAX_LENGTH or not code.isascii():
        raise DomainError("channels.wechat_code")
    answer = _ask(code, transport)
    refusal = answer.get("errcode", 0)
    if refusal == BUSY:
        raise DomainError("channels.wechat_unreachable")
    if refusal:
        logger.info("WeChat refused a sign-in: errcode %s", refusal)
        raise DomainError("channels.wechat_code")
    openid = answer.get("openid")
    if not isinstance(openid, str) or not openid:
        raise DomainError("channels.wechat_unreachable")
    return openid


def _ask(code: str, transport: "httpx.BaseTransport | None") -> dict[str, object]:
    import httpx  # takes seven megabytes, and most processes never call anybody

    parameters = {
        "appid": settings.RENMAI_WECHAT_APP_ID,
        "secret": settings.RENMAI_WECHAT_APP_SECRET,
        "code": code,
        "grant_type": "authorization_code",
    }
    try:
        with httpx.Client(timeout=TIMEOUT_SECONDS, transport=transport, follow_redirects=False) as client:
            response = client.get(TOKEN_URL, params=parameters)
            response.raise_for_status()
            answer = response.json()
    except (httpx.HTTPError, ValueError) as error:
        # Only the kind: the message of the error holds the address, and the address holds the secret.
        logger.warning("WeChat did not answer a sign-in: %s", type(error).__name__)
        raise DomainError("channels.wechat_unreachable") from None
    if not isinstance(answer, dict):
        raise DomainError("channels.wechat_unreachable")
    return answer


def _require_on() -> None:
    if not is_on():
        raise DomainError("channels.wechat_off")


def _require_own(address: str) -> None:
    wanted, ours = urlsplit(address), urlsplit(settings.RENMAI_BASE_URL)
    if (wanted.scheme, wanted.netloc) != (ours.scheme, ours.netloc):
        raise DomainError("channels.redirect")
