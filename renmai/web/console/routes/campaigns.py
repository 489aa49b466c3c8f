"""Addresses of campaigns and scenes."""

from django.urls import URLPattern, path

from renmai.web.console.views import campaign_acts, campaign_editing, campaigns, copy_check, scenes, spread

CAMPAIGN = "campaigns/<row:campaign_id>/"

urlpatterns: list[URLPattern] = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_choose, name="campaign_choose"),
    path("campaigns/new/<slug:play_key>/", campaign_editing.campaign_new, name="campaign_new"),
    path("campaigns/preview/<slug:play_key>/", campaign_editing.campaign_preview, name="campaign_preview"),
    path("campaigns/copy-check/", copy_check.copy_check, name="copy_check"),
    path("campaigns/skus/", campaign_editing.campaign_skus, name="campaign_skus"),
    path(CAMPAIGN, campaigns.campaign, name="campaign"),
    path(f"{CAMPAIGN}spread/", spread.spread, name="campaign_spread"),
    path(f"{CAMPAIGN}ask/", spread.campaign_ask, name="campaign_ask"),
    path(f"{CAMPAIGN}edit/", campaign_editing.campaign_edit, name="campaign_edit"),
    path(f"{CAMPAIGN}launch/", campaign_acts.campaign_launch, name="campaign_launch"),
    path(f"{CAMPAIGN}approve/", campaign_acts.campaign_approve, name="campaign_approve"),
    path(f"{CAMPAIGN}send-back/", campaign_acts.campaign_send_back, name="campaign_send_back"),
    path(f"{CAMPAIGN}pause/", campaign_acts.campaign_pause, name="campaign_pause"),
    path(f"{CAMPAIGN}resume/", campaign_acts.campaign_resume, name="campaign_resume"),
    path("scenes/", scenes.scenes, name="scenes"),
    path("scenes/new/", scenes.scene_new, name="scene_new"),
    path("scenes/preview/", scenes.scene_preview, name="scene_preview"),
    path("scenes/goods/", scenes.scene_goods, name="scene_goods"),
    path("scenes/<row:scene_id>/", scenes.scene, name="scene"),
    path("scenes/<row:scene_id>/withdraw/", scenes.scene_withdraw, name="scene_withdraw"),
    path(f"{CAMPAIGN}stop/", campaign_acts.campaign_stop, name="campaign_stop"),
    path(f"{CAMPAIGN}act/<slug:act_key>/", campaign_acts.campaign_act, name="campaign_act"),
]
