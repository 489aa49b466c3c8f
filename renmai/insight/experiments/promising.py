"""What of a campaign's terms somebody is dealt by an experiment. Asked by the play where it shows its promise, and where it keeps it.

A promise that was shown is kept: whoever was dealt a version keeps it for as long as the campaign runs, also after the experiment has ended.
"""

from renmai.accounts.models import User
from renmai.insight.experiments.dealing import Belongs, nobody
from renmai.insight.experiments.exposing import exposed
from renmai.insight.experiments.models import Exposure
from renmai.insight.experiments.queries import HELD
from renmai.insight.experiments.running import Trial, snapshot


def is_tried(campaign_id: int) -> bool:
    """Whether anybody may have been dealt terms of this campaign. From the process's memory: no statement as a rule."""
    return campaign_id in snapshot().trials


def dealt_version(campaign_id: int, user: User) -> int | None:
    """Return the version of a campaign's terms that somebody was dealt, None for its own. Counts nobody.

    No statement for a campaign on which nothing was ever tried, else one.
    """
    trials = {trial.deal.experiment_id: trial for trial in snapshot().trials.get(campaign_id, ())}
    if not trials:
        return None
    rows = Exposure.objects.filter(user=user, experiment__in=list(trials), superseded_at__isnull=True).order_by("at", "pk")
    first = rows.values_list("experiment_id", "variant").first()
    return trials[first[0]].versions[first[1]] if first is not None else None


def deal_version(campaign_id: int, user: User, *, belongs: Belongs = nobody) -> int | None:
    """Deal somebody the terms of a campaign that she is shown now; None: its own. She is counted from then on.

    Only for whoever was never dealt any (``dealt_version``) and was promised nothing yet. Costs what ``variant`` costs.
    """
    running = [trial for trial in snapshot().trials.get(campaign_id, ()) if trial.is_running]
    if not running or _is_held(user, belongs):
        return None
    return next((version for trial in running for version in _dealt(trial, user, belongs)), None)


def _dealt(trial: Trial, user: User, belongs: Belongs) -> list[int]:
    got = exposed(trial.deal, user=user, visitor=None, belongs=belongs)
    return [trial.versions[got]] if got is not None else []


def _is_held(user: User, belongs: Belongs) -> bool:
    holdout = snapshot().holdout
    return holdout is not None and exposed(holdout, user=user, visitor=None, belongs=belongs) == HELD
