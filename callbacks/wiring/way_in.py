"""The way in, wired: in which languages, under whose name, past which providers."""

from collections.abc import Mapping

from callbacks import sign_in
from callbacks.booth import Booth
from dashboard.access.sign_on.configured import providers_of
from dashboard.access.sign_on.sign_on import SignOn
from dashboard.settings import Settings
from dashboard.site import Site
from geodata.sketch import Sketch
from layouts.pages import wall
from layouts.words import LANGUAGES, Language, Words


def languages_of(settings: Settings) -> tuple[Language, ...]:
    """All languages, the wall's own first: it is the default."""
    return tuple(sorted(LANGUAGES, key=lambda each: each != settings.wall.language))


def frame_of(site: Site, language: Language, build: str) -> wall.WallFrame:
    """What surrounds the wall's panels in a language: whose wall it is, and how often it asks."""
    settings, profile, english = site.settings, site.profile, language == "en"
    return wall.WallFrame(
        centre=profile.name_en if english else profile.name,
        motto=profile.motto_en if english else profile.motto,
        every_s=settings.refresh.every_s,
        stale_after_s=settings.refresh.stale_after_s,
        night_from=settings.wall.night_from,
        night_until=settings.wall.night_until,
        build=build,
        at=settings.wall.at,
    )


def sign_on_of(site: Site) -> SignOn:
    """The centre's providers of single sign-on, none unless they are set up."""
    settings = site.settings
    providers, base = providers_of(settings, site.now), settings.server.public_url or ""
    return SignOn(site.engine, site.now, settings.audit_secret, providers, base)


def entrance_of(
    site: Site,
    words: Mapping[Language, Words],
    frames: Mapping[Language, wall.WallFrame],
    sketched: Sketch | None,
    build: str,
) -> sign_in.Entrance:
    """What the pages of signing in show."""
    return sign_in.Entrance(
        words=words,
        titles={language: frame.centre for language, frame in frames.items()},
        mottos={language: frame.motto or "" for language, frame in frames.items()},
        synthetic=site.synthetic,
        sketch=sketched,
        county=site.profile.area_code,
        build=build,
        providers=site.settings.sign_in.providers,
    )


def booth_of(
    settings: Settings,
    words: Mapping[Language, Words],
    titles: Mapping[Language, str],
    build: str,
) -> Booth:
    """What a screen shows before it is paired and after it may show nothing any more."""
    night = settings.wall.night_from, settings.wall.night_until
    return Booth(words=words, titles=titles, night=night, build=build)
