"""Addresses of what is a member's own: signing in, messages, favourites, her agent, her settings."""

from django.urls import path

from renmai.web.storefront.views import (
    me,
    me_messages,
    me_privacy,
    me_sessions,
    me_settings,
    share_feedback,
    sign_in,
    suggestions,
)

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/agent/", me.my_shop, name="my_shop"),
    path("me/pause/", share_feedback.my_pause, name="my_pause"),
    path("me/trust/", share_feedback.my_trust, name="my_trust"),
    path("me/trust/mute/", share_feedback.mute, name="mute"),
    path("me/trust/undo/", share_feedback.undo, name="feedback_undo"),
    path("me/trust/<row:feedback_id>/", share_feedback.said, name="said"),
    path("me/suggestions/", suggestions.suggestions, name="suggestions"),
    path("me/settings/", me_settings.profile, name="settings"),
    path("me/settings/language/", me_settings.language, name="language"),
    path("me/sessions/", me_sessions.sessions, name="sessions"),
    path("me/sessions/end/", me_sessions.sign_out_everywhere, name="sign_out_everywhere"),
    path("me/privacy/", me_privacy.privacy, name="privacy"),
    path("me/privacy/purpose/", me_privacy.purpose, name="privacy_purpose"),
    path("me/privacy/correct/", me_privacy.correct, name="privacy_correct"),
    path("me/privacy/corrections/<row:correction_id>/", me_privacy.take_back, name="privacy_take_back"),
    path("me/privacy/agent/", me_privacy.to_agent, name="privacy_agent"),
    path("me/privacy/forget/", me_privacy.forget, name="privacy_forget"),
    path("me/privacy/copy.json", me_privacy.copy, name="privacy_copy"),
    path("me/settings/consent/", me_settings.consent, name="consent"),
    path("favourites/", me.favourites, name="favourites"),
    path("seen/", me.seen, name="seen"),
    path("messages/", me_messages.inbox, name="messages"),
    path("messages/read/", me_messages.read_all, name="messages_read"),
    path("messages/<row:message_id>/", me_messages.message, name="message"),
    path("inbox/", me_messages.text_inbox, name="text_inbox"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/wechat/", sign_in.wechat_start, name="wechat_start"),
    path("sign-in/wechat/back/", sign_in.wechat_back, name="wechat_back"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
]
