"""The staff: experiments, and what came of them. Composing and deciding is for people at the console."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed
from renmai.api.callers import Staff, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.api.schemas.staff_experiments import ExperimentOut, ResultOut
from renmai.insight.experiments import queries
from renmai.insight.experiments.models import Experiment

router = Router(tags=["Staff: experiments"], auth=Staff(Permission.FIGURES_VIEW))


@router.get("/staff/experiments", response=Paged[ExperimentOut])
def list_experiments(request: HttpRequest, *, status: Code | None = None, page: PageNumber = 1) -> Listed[Any]:
    """Experiments, in a state. Newest first."""
    return listed(queries.experiments_of(person(request), status=status or "", page=page))


@router.get("/staff/experiments/{experiment_id}", response=ExperimentOut)
def get_experiment(request: HttpRequest, experiment_id: Id) -> Experiment:
    """One experiment: what was agreed beforehand, and how far it is."""
    return queries.access_experiment(person(request), experiment_id)


@router.get("/staff/experiments/{experiment_id}/result", response=ResultOut)
def get_experiment_result(request: HttpRequest, experiment_id: Id) -> Any:
    """What came of an experiment so far, with intervals that may be looked at every day. Counted anew from raw rows."""
    from renmai.insight.experiments.results import result_of

    return result_of(queries.access_experiment(person(request), experiment_id))
