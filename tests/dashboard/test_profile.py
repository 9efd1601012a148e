import pytest

from dashboard.profile import PROFILES, ProfileError, load_profile
from dashboard.terms import STAGE_ORDER, Channel, Situation, Stage


@pytest.mark.parametrize("name", PROFILES)
def test_every_stage_from_acceptance_on_is_shown_in_exactly_one_column(name):
    covered = [stage for _, stages in load_profile(name).columns for stage in stages]
    assert sorted(covered) == sorted(STAGE_ORDER[STAGE_ORDER.index(Stage.ACCEPTED) :])


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_shows_five_situations(name):
    assert len(set(load_profile(name).situations)) == 5


def test_shishou_and_haifeng_show_their_own_situations_in_their_own_order():
    assert load_profile("shishou").situations == (
        Situation.STABILITY, Situation.POLICE, Situation.SOCIAL,
        Situation.PUBLIC_CONCERN, Situation.OPINION,
    )  # fmt: skip
    assert load_profile("haifeng").situations[0] == Situation.PUBLIC_CONCERN
    assert [label.zh for label in load_profile("haifeng").situations_stated] == [
        "民情", "警情", "访情", "舆情", "诉情",
    ]  # fmt: skip


def test_every_channel_leads_to_one_of_the_profiles_situations_where_it_states_a_map():
    shishou = load_profile("shishou")
    assert shishou.situation_of(Channel.PETITION) == Situation.STABILITY
    assert shishou.situation_of(Channel.GRID_APP) == Situation.SOCIAL
    assert load_profile("zhanyi").situation_of(Channel.GRID_APP) == Situation.PUBLIC_CONCERN


@pytest.mark.parametrize("name", PROFILES)
def test_every_channel_of_every_profile_leads_to_a_situation_it_shows(name):
    profile = load_profile(name)
    assert {profile.situation_of(channel) for channel in Channel} <= set(profile.situations)


def test_what_an_article_leaves_open_stays_unset():
    zhanyi = load_profile("zhanyi")
    assert zhanyi.sheets is not None
    assert zhanyi.sheets.members == ()
    assert [deadline.as_rule() for deadline in zhanyi.deadlines] == [None]
    assert load_profile("xiaogan").awards is None


def test_a_profile_file_of_ones_own_is_read(tmp_path):
    file = tmp_path / "qinghe.toml"
    file.write_text(
        'name = "青禾县综治中心"\nname_en = "Qinghe"\nplace = "青禾县"\nplace_en = "Qinghe"\n'
        'level = "county"\narea_code = "990001000000"\n', "utf-8"
    )  # fmt: skip
    assert load_profile(str(file)).id == "qinghe"


@pytest.mark.parametrize("name", ["atlantis", "nowhere.toml"])
def test_an_unknown_profile_is_named(name):
    with pytest.raises(ProfileError, match=name):
        load_profile(name)
