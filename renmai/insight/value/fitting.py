"""Maximum likelihood for a few positive parameters: climbed on their logarithms, ended by Newton's method, with intervals.

Everything here works on the mean negative log-likelihood, so that what counts as converged does not depend on how many people there are.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Vector = NDArray[np.float64]
Objective = Callable[[Vector], tuple[float, Vector]]
"""Takes the logarithms of the parameters; returns the negative log-likelihood and its gradient by those logarithms."""

Z_95 = 1.959964
FURTHEST = 14.0
"""Logarithms stay within ± this: a parameter of a million or a millionth says that the data do not determine it."""

BELIEF = 2.0
"""About 95 in 100 chances that a parameter is within a factor of 50 of where the search begins: hardly a belief at all."""

UNKNOWN = 2.5
"""A parameter whose logarithm has a larger error than this is not known from the data: even the mild belief says more."""

STEP = 1e-4
NEWTON_STEPS = 8
CONVERGED = 1e-7


class UnfitError(ValueError):
    """The data do not determine the parameters, for instance because nobody ever came back."""


@dataclass(frozen=True)
class Parameter:
    """A fitted parameter, its standard error, and the interval that holds the truth about 95 times in 100 (normal on the logarithm)."""

    name: str
    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Fit:
    """A maximum: its parameters, the log-likelihood there, and the covariance of the parameters' logarithms.

    ``is_steadied``: the data alone determine no maximum (nobody ever seems to leave, say); a mild prior belief was added.
    """

    parameters: tuple[Parameter, ...]
    log_likelihood: float
    covariance: tuple[tuple[float, ...], ...]
    people: int
    is_steadied: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """The parameters' values in their order."""
        return tuple(parameter.value for parameter in self.parameters)

    def in_units(self, name: str, unit: float) -> "Fit":
        """Return the same fit with one parameter counted in another unit; the error of its logarithm stays."""
        changed = tuple(
            replace(each, value=each.value * unit, error=each.error * unit, low=each.low * unit, high=each.high * unit)
            if each.name == name
            else each
            for each in self.parameters
        )
        return replace(self, parameters=changed)

    def draws(self, count: int, generator: np.random.Generator) -> Vector:
        """Return ``count`` parameter vectors (rows) as likely as the data leave them: normal on the logarithm."""
        middle = np.log(self.values)
        drawn: Vector = np.exp(generator.multivariate_normal(middle, np.array(self.covariance), size=count, method="eigh"))
        return drawn


def maximise(objective: Objective, start: tuple[float, ...], *, names: tuple[str, ...], people: int) -> Fit:
    """Return the maximum near ``start``; without one that the data determine, the maximum together with a mild belief that it is near ``start``.

    ``people`` is how many independent histories the likelihood is a product of. The belief is worth less than one of them: each
    parameter's logarithm is normal about its start with deviation ``BELIEF``. Raises ``UnfitError`` when that has no peak either.
    """
    middle = np.log(start)
    try:
        return _maximum(objective, middle, names=names, people=people)
    except UnfitError:

        def believed(logs: Vector) -> tuple[float, Vector]:
            value, slope = objective(logs)
            away = (logs - middle) / BELIEF
            return value + float(away @ away) / 2, slope + away / BELIEF

        found = _maximum(believed, middle, names=names, people=people)
        alone, _slope = objective(np.log(found.values))
        return replace(found, log_likelihood=-alone, is_steadied=True)


def _maximum(objective: Objective, start: Vector, *, names: tuple[str, ...], people: int) -> Fit:
    def mean(logs: Vector) -> tuple[float, Vector]:
        value, slope = objective(logs)
        return value / people, slope / people

    found = minimize(
        mean,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-FURTHEST, FURTHEST)] * len(start),
        options={"maxiter": 500, "ftol": 1e-11, "gtol": 1e-5},
    )
    logs, curve = _polish(mean, np.asarray(found.x, dtype=np.float64))
    covariance = np.linalg.inv(curve) / people
    if np.max(np.diag(covariance)) > UNKNOWN**2:
        raise UnfitError("the likelihood is so flat that the data say next to nothing of a parameter")
    value, _slope = mean(logs)
    return Fit(
        parameters=tuple(
            _parameter(name, log, math.sqrt(variance))
            for name, log, variance in zip(names, logs, np.diag(covariance), strict=True)
        ),
        log_likelihood=-value * people,
        covariance=tuple(tuple(float(entry) for entry in row) for row in covariance),
        people=people,
    )


def _polish(mean: Objective, logs: Vector) -> tuple[Vector, Vector]:
    """Return the peak by Newton's method from a point near it, and the curvature there, which must be positive definite."""
    for _step in range(NEWTON_STEPS):
        curve = _curvature(mean, logs)
        if not np.all(np.isfinite(curve)) or np.linalg.eigvalsh(curve)[0] <= 0:
            raise UnfitError("the likelihood is flat: the data do not determine the parameters")
        move = np.linalg.solve(curve, mean(logs)[1])
        logs = logs - move
        if np.max(np.abs(move)) > 1 or np.max(np.abs(logs)) > FURTHEST:
            raise UnfitError("the likelihood has no peak for any usable parameters")
        if np.max(np.abs(move)) < CONVERGED:
            break
    return logs, curve


def _curvature(mean: Objective, logs: Vector) -> Vector:
    """Return the second derivatives, from central differences of the analytic gradient."""
    columns = []
    for index in range(len(logs)):
        shift = np.zeros_like(logs)
        shift[index] = STEP
        columns.append((mean(logs + shift)[1] - mean(logs - shift)[1]) / (2 * STEP))
    curve = np.array(columns)
    return np.asarray((curve + curve.T) / 2, dtype=np.float64)


def _parameter(name: str, log: float, error: float) -> Parameter:
    value = math.exp(log)
    return Parameter(name, value, value * error, value * math.exp(-Z_95 * error), value * math.exp(Z_95 * error))
