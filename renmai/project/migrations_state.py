"""Whether the database has the form that this version needs."""

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor

from renmai.project.problems import Problem


def pending() -> list[str]:
    """Return the names of the migrations that are not applied. Raises ``Problem`` when the database does not answer."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        raise Problem(f"the database does not answer: {str(error).strip().splitlines()[0]}.") from error
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def require_up_to_date() -> None:
    """Refuse to go on with a database of another form."""
    missing = pending()
    if missing:
        raise Problem(f"the database is not up to date ({len(missing)} migrations are missing); run: renmai migrate")
