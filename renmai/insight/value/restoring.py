"""The fitted model as it was kept."""

from renmai.insight.value import bgnbd, gamma_gamma
from renmai.insight.value.fitting import Fit, Parameter
from renmai.insight.value.lifetime import Lifetime
from renmai.insight.value.models import FittedModel


def restored(row: FittedModel) -> Lifetime:
    """Return the model of a row of kind ``fitted``. One statement."""
    kept = {each.name: Parameter(each.name, each.value, each.error, each.low, each.high) for each in row.parameters.all()}
    spending = None
    if row.spending_log_likelihood is not None:
        spending = _fit(kept, gamma_gamma.NAMES, row.spending_covariance, row.spending_log_likelihood)
    orders = _fit(kept, bgnbd.NAMES, row.orders_covariance, row.orders_log_likelihood or 0.0)
    return Lifetime(orders, spending, float(row.mean_order_fen))


def _fit(kept: dict[str, Parameter], names: tuple[str, ...], covariance: list[list[float]], log_likelihood: float) -> Fit:
    rows = tuple(tuple(line) for line in covariance)
    return Fit(tuple(kept[name] for name in names), log_likelihood, rows, 0)
