"""What the room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "accounts",
    {
        "phone": (400, _("Please enter a valid phone number: 11 digits, or + and the country code.")),
        "code_wrong": (400, _("This code is not right. Tries left: %(left)s.")),
        "code_expired": (400, _("This code is no longer valid. Please ask for a new one.")),
        "closed": (403, _("This account is closed.")),
        "staff_account": (409, _("This is an account of the staff. The owner closes it under Staff.")),
        "still_open": (409, _("Still open in this account: %(things)s. Finish it first.")),
        "reason": (400, _("Please give a reason of 1 to %(maximum)s characters.")),
        "sign_in_again": (403, _("Please sign in again first, so that we know it is you.")),
        "sign_in_failed": (401, _("User name or password is not right.")),
        "totp_needed": (401, _("Please enter the code of your authenticator app.")),
        "totp_wrong": (401, _("This code is not right, or it was used already.")),
        "enrolment_needed": (401, _("Please set up your authenticator app first.")),
        "confirm": (403, _("Please prove with your authenticator app that it is you, then do this again.")),
        "totp_exists": (409, _("An authenticator app is set up already.")),
        "locked": (429, _("Too many wrong codes. Please try again in %(minutes)s minutes.")),
        "openid": (400, _("WeChat did not say who you are. Please sign in again.")),
        "username": (400, _("User names have 3 to 40 letters, digits, dots, dashes or underscores.")),
        "username_taken": (409, _("This user name is taken.")),
        "password": (400, _("This password is too weak. %(says)s")),
        "password_old": (400, _("The old password is not right.")),
        "roles": (400, _("Please choose at least one role.")),
        "last_owner": (409, _("Somebody has to stay the owner.")),
        "own_account": (409, _("You cannot do this to your own account.")),
        "note": (400, _("Please say what was done, in at least %(minimum)s characters.")),
        "name": (400, _("Please enter a name of 1 to %(maximum)s characters.")),
        "language": (400, _("This language is not available.")),
        "recipient": (400, _("Please enter who receives the parcel, in 1 to 40 characters.")),
        "region": (400, _("Please choose province, city and district.")),
        "street": (400, _("Please enter street and house number, in 4 to 200 characters.")),
        "address_limit": (409, _("You can keep at most %(maximum)s addresses. Please remove one first.")),
    },
)
