import re

import pytest

import config

PRODUCTION = {
    "SHOP_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "PUBLIC_URL": "https://shop.example.org",
    "OWNER_NAME": "Trung tâm",
    "OWNER_ADDRESS": "1 Đường Thử",
    "OWNER_BUSINESS_NUMBER": "3000000000",
    "OWNER_PHONE": "02393000000",
}


def load(tmp_path, **env):
    return config.load({"INSTANCE_DIR": str(tmp_path), **env})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOP_ENV", "staging"),
        ("SECRET_KEY", "short"),
        ("PUBLIC_URL", "shop.example.org"),
        ("PUBLIC_URL", "https://shop.example.org/path"),
        ("DATABASE_URL", "mysql://x"),
        ("DEMO_TODAY", "23/11/2026"),
        ("MAIL_URL", "mail.example.org"),
        ("PROXY_HOPS", "-1"),
        ("PROXY_HOPS", "many"),
        ("POOL_SIZE", "0"),
        ("PAGE_CACHE_MB", "-1"),
        ("PORT", "99999"),
        ("INDEXING", "maybe"),
        ("AI_CRAWLERS", "some"),
        ("FEED_TOKEN", "short"),
        ("FEED_TOKEN", "with/slash" * 4),
    ],
)
def test_a_wrong_value_stops_the_start_with_its_name(tmp_path, name, value):
    with pytest.raises(config.WrongSetting, match=rf"^{name}: "):
        load(tmp_path, **{name: value})


def test_a_wrong_secret_is_not_shown(tmp_path):
    with pytest.raises(config.WrongSetting) as wrong:
        load(tmp_path, SECRET_KEY="hunter2")
    assert "hunter2" not in str(wrong.value)


@pytest.mark.parametrize("name", config.NEEDED_IN_PRODUCTION)
def test_production_needs_its_own(tmp_path, name):
    env = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(config.WrongSetting, match=rf"^{name}: "):
        load(tmp_path, **env)


def test_production_refuses_a_pretended_day_and_offers_no_mail_without_a_server(tmp_path):
    with pytest.raises(config.WrongSetting, match=r"^DEMO_TODAY: "):
        load(tmp_path, **PRODUCTION, DEMO_TODAY="2026-11-23")
    assert load(tmp_path, **PRODUCTION).offers_mail is False
    assert load(tmp_path, **PRODUCTION, MAIL_URL="smtp://h:25", MAIL_FROM="a@b.org").offers_mail is True


def test_a_secret_is_made_once_and_kept(tmp_path):
    first = load(tmp_path).secret_key
    assert len(first) >= 32
    assert load(tmp_path).secret_key == first


def test_the_readme_names_every_setting():
    readme = (config.ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, flags=re.MULTILINE))
    assert {setting.name for setting in config.SETTINGS} <= named


def test_only_the_demo_has_a_made_up_owner_and_only_where_none_is_named(tmp_path):
    made_up = load(tmp_path, SHOP_ENV="demo").owner
    assert "không có thật" in made_up.name
    assert made_up.is_whole
    told = load(tmp_path, SHOP_ENV="demo").owner_in("en")
    assert "does not exist" in told.name
    assert (told.phone, told.email) == (made_up.phone, made_up.email)
    assert load(tmp_path, SHOP_ENV="development").owner.name == ""
    named = load(tmp_path, SHOP_ENV="demo", OWNER_NAME="Trung tâm").owner
    assert (named.name, named.address, named.is_whole) == ("Trung tâm", "", False)
    assert load(tmp_path, SHOP_ENV="demo", OWNER_NAME="Trung tâm").owner_in("en") == named
    owner = config.load({**PRODUCTION, "INSTANCE_DIR": str(tmp_path)}).owner
    assert (owner.name, owner.email) == ("Trung tâm", "")
