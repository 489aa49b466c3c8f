"""The environment is read into types, and whatever makes no sense stops the start with one sentence."""

import stat
from dataclasses import fields
from pathlib import Path

import pytest

from renmai.project import environment
from renmai.project.database_url import Database, parse_database_url
from renmai.project.environment import VARIABLES, Environment, read
from renmai.project.problems import EnvironmentProblem

HOME = Path("/srv/renmai")
KEY = "abcdefghijklmnopqrstuvwxyz0123456789"


def _read(**variables: str) -> Environment:
    return read({"RENMAI_HOME": str(HOME), **variables})


def test_without_variables_everything_has_a_safe_default() -> None:
    found = _read()
    assert found.home == HOME
    assert found.secret_key == ""
    assert found.debug is False
    assert found.demo is False
    assert found.base_url == "http://localhost:8000"
    assert found.allowed_hosts == ()
    assert found.https is False
    assert found.database == Database(vendor="sqlite", name="/srv/renmai/renmai.sqlite3")


def test_values_become_types() -> None:
    found = _read(
        RENMAI_SECRET_KEY=KEY,
        RENMAI_DEBUG="yes",
        RENMAI_DEMO="on",
        RENMAI_BASE_URL="https://shop.example.com/",
        RENMAI_ALLOWED_HOSTS="www.example.com, m.example.com,",
        RENMAI_LOG_LEVEL="debug",
    )
    assert found.secret_key == KEY
    assert (found.debug, found.demo) == (True, True)
    assert found.base_url == "https://shop.example.com"
    assert found.https is True
    assert found.allowed_hosts == ("www.example.com", "m.example.com")
    assert found.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("RENMAI_HOME", " ", "RENMAI_HOME must name a folder. It is ' '."),
        ("RENMAI_DEBUG", "perhaps", "RENMAI_DEBUG must be 1 or 0. It is 'perhaps'."),
        ("RENMAI_BASE_URL", "shop.example.com", "RENMAI_BASE_URL must begin with http:// or https:// and name a host."),
        ("RENMAI_BASE_URL", "https://a.example/shop", "RENMAI_BASE_URL must be only the address of the host, without a path."),
        ("RENMAI_ALLOWED_HOSTS", "*", "RENMAI_ALLOWED_HOSTS must be host names separated by commas"),
        ("RENMAI_LOG_LEVEL", "LOUD", "RENMAI_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR. It is 'LOUD'."),
        ("RENMAI_CHROMIUM", "/nowhere/chromium", "RENMAI_CHROMIUM must be the path of an executable."),
        ("RENMAI_SECRET_KEY", "", "RENMAI_SECRET_KEY is empty"),
        ("RENMAI_WECHAT_APP_ID", "wx1", "RENMAI_WECHAT_APP_ID and RENMAI_WECHAT_APP_SECRET must be set together."),
        ("RENMAI_SECRT_KEY", KEY, "RENMAI_SECRT_KEY is not a variable of Renmai. Did you mean RENMAI_SECRET_KEY?"),
        ("RENMAI_COLOUR", "red", "RENMAI_COLOUR is not a variable of Renmai. docs/configuration.md lists them all."),
        ("DATABASE_URL", "mysql://localhost/shop", "DATABASE_URL names a database that Renmai does not know"),
        ("DATABASE_URL", "postgres://localhost", "DATABASE_URL does not say which database to use"),
        ("DATABASE_URL", "postgres://localhost:port/shop", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgres://localhost/shop?pool=9", "DATABASE_URL has an option that Renmai does not know: pool."),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL does not name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "DATABASE_URL must name a file"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(name: str, value: str, sentence: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        _read(**{name: value})
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("weak", ["short", "a" * 64, "change-me"])
def test_a_weak_key_is_refused_without_being_repeated(weak: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        _read(RENMAI_SECRET_KEY=weak)
    assert "RENMAI_SECRET_KEY must" in str(refused.value)
    assert weak not in str(refused.value)


def test_no_secret_is_shown() -> None:
    found = _read(
        RENMAI_SECRET_KEY=KEY,
        RENMAI_WECHAT_APP_ID="wx1",
        RENMAI_WECHAT_APP_SECRET="hidden-app-0123456789",
        RENMAI_SANDBOX_SECRET="hidden-box-0123456789-abcdefghijklmn",
        DATABASE_URL="postgres://me:hidden-word-17@db/shop",
    )
    assert found.database.password == "hidden-word-17"
    assert KEY not in repr(found)
    assert "hidden" not in repr(found)


def test_serving_needs_a_key_but_reading_does_not() -> None:
    with pytest.raises(EnvironmentProblem, match="RENMAI_SECRET_KEY is missing"):
        _read().require_secret_key()
    _read(RENMAI_SECRET_KEY=KEY).require_secret_key()


def test_the_key_of_the_demo_is_kept_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    environment.keep_secret_key(tmp_path, KEY)
    environment.keep_secret_key(tmp_path, "another" * 8)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert read({"RENMAI_HOME": str(tmp_path)}).secret_key == KEY
    assert read({"RENMAI_HOME": str(tmp_path), "RENMAI_SECRET_KEY": KEY[::-1]}).secret_key == KEY[::-1]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////var/lib/shop.sqlite3", Database(vendor="sqlite", name="/var/lib/shop.sqlite3")),
        (
            "postgres://me:p%40ss%2Fword@db.example:6432/shop?sslmode=require",
            Database(
                vendor="postgresql",
                name="shop",
                user="me",
                password="p@ss/word",
                host="db.example",
                port="6432",
                options=(("sslmode", "require"),),
            ),
        ),
        (
            "postgresql://me@/shop?host=%2Frun%2Fpg",
            Database(vendor="postgresql", name="shop", user="me", host="/run/pg"),
        ),
    ],
)
def test_database_addresses(url: str, expected: Database) -> None:
    found = parse_database_url(url, home=HOME)
    assert found == expected
    assert found.password == expected.password


def test_sqlite_takes_the_write_lock_at_once_and_waits_for_it() -> None:
    settings = parse_database_url("", home=HOME).settings()
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_postgresql_keeps_connections_and_checks_them() -> None:
    settings = parse_database_url("postgres://me@db/shop", home=HOME).settings()
    assert settings["CONN_MAX_AGE"] == 600
    assert settings["CONN_HEALTH_CHECKS"] is True


def test_the_table_and_the_dataclass_agree() -> None:
    assert {variable.field for variable in VARIABLES} | {"database"} == {field.name for field in fields(Environment)}
    assert all(variable.says.endswith(".") for variable in VARIABLES)


SECRETS = [variable.name for variable in VARIABLES if variable.is_secret]
TOGETHER = {
    "RENMAI_WECHAT_APP_SECRET": {"RENMAI_WECHAT_APP_ID": "wx1"},
    "RENMAI_TEXT_GATEWAY_TOKEN": {"RENMAI_TEXT_GATEWAY_URL": "https://texts.test/send"},
}


def test_every_secret_is_in_the_table_below() -> None:
    named = {
        variable.name for variable in VARIABLES if any(word in variable.name for word in ("SECRET", "TOKEN", "KEY", "PASSWORD"))
    }
    assert set(SECRETS) == named
    assert len(SECRETS) == 4
    hidden = {field.name for field in fields(Environment) if not field.repr}
    assert {variable.field for variable in VARIABLES if variable.is_secret} == hidden


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    "weak",
    [
        "x",
        "short",
        "0123456789",
        "a" * 64,
        "ab" * 32,
        "change-me-0123456789-abcdefghijklmnopqrstuv",
        "your-secret-0123456789-abcdefghijklmn",
    ],
)
def test_no_secret_may_be_short_repeated_or_a_placeholder(name: str, weak: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        _read(**{name: weak}, **TOGETHER.get(name, {}))
    assert str(refused.value).startswith(f"{name} must")
    assert weak not in str(refused.value)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_of_enough_random_characters_is_taken(name: str) -> None:
    _read(**{name: KEY}, **TOGETHER.get(name, {}))


@pytest.mark.parametrize(
    "url",
    [
        "postgres://renmai:renmai@db.example/shop",
        "postgres://me:short@db.example/shop",
        "postgres://me:changeme-0123456789@db.example/shop",
        "postgres://long-user-name:long-user-name@10.0.0.7/shop",
    ],
)
def test_a_far_database_wants_a_password_that_cannot_be_guessed(url: str) -> None:
    with pytest.raises(EnvironmentProblem, match="DATABASE_URL has a password that can be guessed") as refused:
        _read(DATABASE_URL=url)
    assert str(parse_database_url(url, home=HOME).password) not in str(refused.value).replace("DATABASE_URL", "")
    assert _read(DATABASE_URL=url, RENMAI_DEMO="1").database.name == "shop"


@pytest.mark.parametrize(
    "url",
    [
        "postgres://me:Vq7pLw2sXz9t@db.example/shop",
        "postgres://me@db.example/shop?sslmode=verify-full",
        "postgres://me:me@localhost/shop",
        "postgres://me:me@/shop?host=%2Frun%2Fpg",
    ],
)
def test_a_strong_password_certificates_and_ones_own_machine_are_taken(url: str) -> None:
    assert _read(DATABASE_URL=url).database.vendor == "postgresql"


def test_the_debugger_is_for_ones_own_machine_only() -> None:
    with pytest.raises(EnvironmentProblem, match="RENMAI_DEBUG shows settings"):
        _read(RENMAI_DEBUG="1", RENMAI_BASE_URL="https://shop.test")
    assert _read(RENMAI_DEBUG="1", RENMAI_BASE_URL="http://localhost:8080").debug
    assert _read(RENMAI_DEBUG="0", RENMAI_BASE_URL="https://shop.test").debug is False


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "many", "", "1001"])
def test_limits_are_a_number_of_times(value: str) -> None:
    with pytest.raises(EnvironmentProblem, match="RENMAI_LIMITS must be a number from 0 to 1000"):
        _read(RENMAI_LIMITS=value)


@pytest.mark.parametrize(("value", "found"), [("0", 0.0), ("1", 1.0), ("2.5", 2.5)])
def test_limits_as_wanted(value: str, found: float) -> None:
    assert _read(RENMAI_LIMITS=value).limits == found
