"""Writes of the room. Split by noun; everybody imports from here."""

from renmai.accounts.actions.addresses import remove_address, save_address, set_default_address
from renmai.accounts.actions.alerts import resolve_alert
from renmai.accounts.actions.codes import IssuedCode, request_code, verify_code
from renmai.accounts.actions.consent import give_consent, withdraw_consent
from renmai.accounts.actions.forgetting import forget_attempts
from renmai.accounts.actions.leaving import delete_account, deleted_since, forget_browsers
from renmai.accounts.actions.log import log_act
from renmai.accounts.actions.members import create_member, join_visitor, rename, set_language, sign_in_openid, visitor
from renmai.accounts.actions.second_factor import (
    TotpEnrolment,
    confirm_staff,
    confirm_totp,
    enrol_totp,
    new_recovery_codes,
    reset_second_factor,
)
from renmai.accounts.actions.sessions import end_own_sessions, end_sign_in, note_sign_in
from renmai.accounts.actions.staff import change_password, create_staff, set_roles, set_staff_active
from renmai.accounts.actions.staff_sign_in import (
    StaffChallenge,
    check_staff_password,
    finish_staff_sign_in,
    sign_in_staff,
)
from renmai.accounts.consents import Purpose
from renmai.accounts.inputs import AddressInput, StaffInput

__all__ = [
    "AddressInput",
    "IssuedCode",
    "Purpose",
    "StaffChallenge",
    "StaffInput",
    "TotpEnrolment",
    "change_password",
    "check_staff_password",
    "confirm_staff",
    "confirm_totp",
    "create_member",
    "create_staff",
    "delete_account",
    "deleted_since",
    "end_own_sessions",
    "end_sign_in",
    "enrol_totp",
    "finish_staff_sign_in",
    "forget_attempts",
    "forget_browsers",
    "give_consent",
    "join_visitor",
    "log_act",
    "new_recovery_codes",
    "note_sign_in",
    "remove_address",
    "rename",
    "request_code",
    "reset_second_factor",
    "resolve_alert",
    "save_address",
    "set_default_address",
    "set_language",
    "set_roles",
    "set_staff_active",
    "sign_in_openid",
    "sign_in_staff",
    "verify_code",
    "visitor",
    "withdraw_consent",
]
