"""The application: a table of contents of what there is, in the order of the process."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from remanu import clock as clocks
from remanu.accounts import api as accounts_api
from remanu.accounts import events as accounts_events
from remanu.accounts import schemas as accounts_schemas
from remanu.accounts import views as accounts_views
from remanu.catalogue import api as catalogue_api
from remanu.catalogue import events as catalogue_events
from remanu.catalogue import schemas as catalogue_schemas
from remanu.catalogue import views as catalogue_views
from remanu.parts import api as parts_api
from remanu.parts import events as parts_events
from remanu.parts import schemas as parts_schemas
from remanu.parts import views as parts_views
from remanu.intake import api as intake_api
from remanu.intake import events as intake_events
from remanu.intake import schemas as intake_schemas
from remanu.intake import views as intake_views
from remanu.inspection import api as inspection_api
from remanu.inspection import events as inspection_events
from remanu.inspection import schemas as inspection_schemas
from remanu.inspection import views as inspection_views
from remanu.restoration import api as restoration_api
from remanu.restoration import events as restoration_events
from remanu.restoration import schemas as restoration_schemas
from remanu.restoration import views as restoration_views
from remanu.release import actions as release_actions
from remanu.release import api as release_api
from remanu.release import events as release_events
from remanu.release import schemas as release_schemas
from remanu.release import views as release_views
from remanu.certification import api as certification_api
from remanu.certification import events as certification_events
from remanu.certification import schemas as certification_schemas
from remanu.certification import views as certification_views
from remanu.labelling import actions as labelling_actions
from remanu.labelling import api as labelling_api
from remanu.labelling import events as labelling_events
from remanu.labelling import schemas as labelling_schemas
from remanu.labelling import views as labelling_views
from remanu.labelling.views import press
from remanu.recognition import actions as recognition_actions
from remanu.recognition import api as recognition_api
from remanu.recognition import events as recognition_events
from remanu.recognition import schemas as recognition_schemas
from remanu.recognition import views as recognition_views
from remanu.provenance import actions as provenance_actions
from remanu.provenance import api as provenance_api
from remanu.provenance import events as provenance_events
from remanu.provenance import schemas as provenance_schemas
from remanu.provenance import views as provenance_views
from remanu.exchange import actions as exchange_actions
from remanu.exchange import api as exchange_api
from remanu.exchange import events as exchange_events
from remanu.exchange import schemas as exchange_schemas
from remanu.exchange import views as exchange_views
from remanu.exchange.views import postman
from remanu.config import Config, resource
from remanu.db import Database, Reaction, connect
from remanu.jobs import upkeep
from remanu.jobs.worker import Daily, Every, Handler, Place, Worker
from remanu.keys import open_keyring
from remanu.ledger.kinds import Registry, registry
from remanu.storage import Folder
from remanu.web import access, acts, context, csrf, headers, health, limits, locale, log, problems, shell

EVENTS: tuple[ModuleType, ...] = (
    accounts_events,
    catalogue_events,
    parts_events,
    intake_events,
    inspection_events,
    restoration_events,
    release_events,
    certification_events,
    labelling_events,
    recognition_events,
    provenance_events,
    exchange_events,
)
FEATURES: tuple[tuple[ModuleType, ModuleType], ...] = (
    (accounts_views, accounts_api),
    (catalogue_views, catalogue_api),
    (parts_views, parts_api),
    (intake_views, intake_api),
    (inspection_views, inspection_api),
    (restoration_views, restoration_api),
    (release_views, release_api),
    (certification_views, certification_api),
    (labelling_views, labelling_api),
    (recognition_views, recognition_api),
    (provenance_views, provenance_api),
    (exchange_views, exchange_api),
)
SCHEMAS: tuple[ModuleType, ...] = (
    accounts_schemas,
    catalogue_schemas,
    parts_schemas,
    intake_schemas,
    inspection_schemas,
    restoration_schemas,
    release_schemas,
    certification_schemas,
    labelling_schemas,
    recognition_schemas,
    provenance_schemas,
    exchange_schemas,
)
# What an act means for a later feature, run in the act's own transaction; there are no other hooks.
REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "inspection.recall_instrument": (release_actions.on_recall,),
    "parts.link_record": (exchange_actions.on_linked,),
    "restoration.scrap": (exchange_actions.on_spoken,),
    "restoration.replace": (exchange_actions.on_spoken,),
    "release.release": (exchange_actions.on_spoken, recognition_actions.on_unit),
    "release.supersede": (exchange_actions.on_spoken, recognition_actions.on_unit),
    "release.review_release": (
        exchange_actions.on_reviewed,
        exchange_actions.on_spoken,
        recognition_actions.on_unit,
    ),
    "release.lift_review": (exchange_actions.on_spoken, recognition_actions.on_unit),
    "release.revoke_release": (
        exchange_actions.on_revoked,
        exchange_actions.on_spoken,
        recognition_actions.on_unit,
    ),
    "certification.grant_certification": (recognition_actions.on_certification,),
    "certification.suspend_certification": (
        exchange_actions.on_certification,
        recognition_actions.on_certification,
    ),
    "certification.withdraw_certification": (
        exchange_actions.on_certification,
        recognition_actions.on_certification,
    ),
    "certification.reinstate_certification": (
        exchange_actions.on_reinstated,
        recognition_actions.on_certification,
    ),
    "certification.reduce_scope": (
        exchange_actions.on_certification,
        recognition_actions.on_certification,
    ),
    "certification.extend_scope": (recognition_actions.on_certification,),
    "certification.terminate_certification": (recognition_actions.on_certification,),
    "certification.grant_accreditation": (recognition_actions.on_agreement,),
    "certification.suspend_accreditation": (recognition_actions.on_agreement,),
    "certification.restore_accreditation": (recognition_actions.on_agreement,),
    "certification.reduce_accreditation": (recognition_actions.on_agreement,),
    "certification.withdraw_accreditation": (recognition_actions.on_agreement,),
    "certification.confirm_outside": (recognition_actions.on_agreement,),
    "recognition.confirm_signatory": (recognition_actions.on_agreement,),
    "recognition.end_signatory": (recognition_actions.on_agreement,),
    "recognition.approve_agreement": (recognition_actions.on_agreement,),
    "recognition.suspend_agreement": (recognition_actions.on_agreement,),
    "recognition.resume_agreement": (recognition_actions.on_agreement,),
    "recognition.end_agreement": (recognition_actions.on_agreement,),
    "exchange.receive_notice": (exchange_actions.on_notice,),
}


def known_kinds() -> Registry:
    """Everything that can happen."""
    return registry(kind for module in EVENTS for kind in module.KINDS)


# Work behind the scenes: by kind, every so many seconds, once a day after an hour of UTC. The worker knows no feature.
JOBS: Mapping[str, Handler] = {
    "jobs.discard_orphans": upkeep.discard_orphans,
    "jobs.check_record": upkeep.check_record(known_kinds),
    release_actions.JOB: release_actions.review_recalled,
    release_actions.RELINT: release_actions.relint,
    exchange_actions.JOB: exchange_actions.doubt_holders,
    exchange_actions.NAMING: exchange_actions.name_the_rest,
    exchange_actions.REMINDING: exchange_actions.remind,
    labelling_actions.JOB: press.print_labels,
    recognition_actions.JOB: recognition_actions.recompute,
    recognition_actions.LOOK: recognition_actions.look_ahead,
}
UPKEEP: tuple[Every, ...] = (
    Every(10, exchange_actions.relay),
    Every(10, postman.send_mail),
    Every(30, upkeep.enter_in_log),
    Every(60, release_actions.mend),
    Every(3600, upkeep.forget_jobs),
    Every(3600, exchange_actions.forget_old),
    Every(3600, provenance_actions.forget),
)
DAILY: tuple[Daily, ...] = (
    Daily("jobs.discard_orphans", hour=2),
    Daily("jobs.check_record", hour=3),
    Daily(release_actions.RELINT, hour=4),
    Daily(recognition_actions.JOB, hour=5),
    Daily(exchange_actions.REMINDING, hour=6),
)


def open_database(config: Config, clock: clocks.Clock | None = None) -> Database:
    """The store of this installation with its reactions."""
    keyring = open_keyring(config.keys_dir)
    database = connect(config, clock=clock or clocks.SystemClock(), keyring=keyring)
    database.reactions = REACTIONS
    return database


def make_worker(config: Config) -> Worker:
    """The worker of this installation."""
    place = Place(config, open_database(config), Folder(config.evidence_dir))
    return Worker(place, handlers=JOBS, upkeep=UPKEEP, daily=DAILY)


def installation(config: Config, store: Database) -> context.Installation:
    """What requests reach: settings, store, evidence, everything that can happen, and who is signed in."""
    return context.Installation(
        config=config,
        database=store,
        storage=Folder(config.evidence_dir),
        registry=known_kinds(),
        load_session=accounts_views.session_loader(store),
        known_badge=accounts_views.badge_checker(store),
    )


def create_app(config: Config, database: Database | None = None) -> Flask:
    """Build the application; the store is opened here unless the caller brings one."""
    app = Flask("remanu", static_folder="static", template_folder=str(resource("templates")))
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, config.trusted_proxies, config.trusted_proxies)  # type: ignore[method-assign]
    app.config.update(
        SECRET_KEY=config.secret,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-remanu_notes" if config.secure_cookies else "remanu_notes",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        API_TITLE="remanu",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    context.install(app, installation(config, database or open_database(config)))
    log.install(app)
    locale.install(app)
    shell.install(app)
    problems.register(app)
    health.install(app)
    for guard in (csrf.guard, access.guard):
        app.before_request(guard)
    app.after_request(headers.apply)
    json = problems.ProblemApi(app)
    for views, api in FEATURES:
        app.register_blueprint(views.pages())
        json.register_blueprint(api.json())
    limits.install(app)
    acts.install(app, (verb for module in SCHEMAS for verb in module.VERBS), accounts_schemas.SIGNING)
    return app
