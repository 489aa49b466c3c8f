"""Addresses of experiments."""

from django.urls import URLPattern, path

from renmai.web.console.views import experiment_acts, experiment_editing, experiments

EXPERIMENT = "experiments/<row:experiment_id>/"

urlpatterns: list[URLPattern] = [
    path("experiments/", experiments.experiments, name="experiments"),
    path("experiments/new/", experiment_editing.experiment_new, name="experiment_new"),
    path("experiments/preview/", experiment_editing.experiment_preview, name="experiment_preview"),
    path(EXPERIMENT, experiments.experiment, name="experiment"),
    path(f"{EXPERIMENT}edit/", experiment_editing.experiment_edit, name="experiment_edit"),
    path(f"{EXPERIMENT}start/", experiment_acts.experiment_start, name="experiment_start"),
    path(f"{EXPERIMENT}widen/", experiment_acts.experiment_widen, name="experiment_widen"),
    path(f"{EXPERIMENT}stop/", experiment_acts.experiment_stop, name="experiment_stop"),
    path(f"{EXPERIMENT}decide/", experiment_acts.experiment_decide, name="experiment_decide"),
]
