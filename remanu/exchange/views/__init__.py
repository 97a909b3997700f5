"""Pages of exchange: feeds and subscriptions for anybody, the outbox for supervisors."""

from __future__ import annotations

from flask import Blueprint

from remanu.exchange.schemas import VERBS
from remanu.exchange.views import feeds, following, outbox, reminders
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature; what an item code is in an address was said by provenance."""
    blueprint = Blueprint("exchange", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_url_rule("/<part_code:code>/feed", "part_feed", feeds.of_part)
    blueprint.add_url_rule("/feeds/<org_id>", "organisation_feed", feeds.of_organisation)
    blueprint.add_url_rule("/<part_code:code>/follow", "follow", following.form)
    blueprint.add_url_rule("/<part_code:code>/follow", "ask", following.ask, methods=["POST"])
    both = ["GET", "POST"]
    blueprint.add_url_rule("/follow/<subscription_id>/<key>", "confirm", following.confirm, methods=both)
    blueprint.add_url_rule("/unfollow/<subscription_id>/<key>", "end", following.end, methods=both)
    blueprint.add_url_rule("/certification/reminders", "reminders", reminders.reminders)
    blueprint.add_url_rule(
        "/certification/reminders", "ask_reminders", reminders.ask_reminders, methods=["POST"]
    )
    blueprint.add_url_rule("/outbox", "outbox", outbox.outbox)
    return blueprint
