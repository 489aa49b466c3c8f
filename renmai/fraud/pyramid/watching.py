"""Looking once a day: findings open alerts, and alerts whose cause is gone are closed."""

from renmai.fraud.pyramid.findings import Code
from renmai.fraud.pyramid.reporting import pyramid_report
from renmai.kernel.models import Alert
from renmai.kernel.outbox import raise_alert, resolve_alerts


def watch(limit: int) -> int:
    """Open an alert for each finding that has none, close those that are found no more; return how many changed. A timer.

    A report holds at most 200 findings, so that one run does everything and ``limit`` only bounds how many alerts are opened.
    """
    found = {(each.code.value, each.subject): each for each in pyramid_report().findings}
    codes = [code.value for code in Code]
    open_now = set(Alert.objects.filter(code__in=codes, resolved_at__isnull=True).values_list("code", "subject"))
    fresh = [each for key, each in found.items() if key not in open_now][:limit]
    for each in fresh:
        raise_alert(each.code.value, each.subject, each.told)
    gone = [key for key in open_now if key not in found]
    closed = sum(
        resolve_alerts(code, [subject for other, subject in gone if other == code]) for code in {code for code, _ in gone}
    )
    return len(fresh) + closed
