"""`flask worker`: sends letters, draws pictures, follows the register at midnight, and throws away what has run out."""

from __future__ import annotations

import logging
import signal
import smtplib
import threading
from datetime import date, timedelta
from urllib.parse import urlsplit

import click
from flask import Flask, current_app

import config
from storefront import clock, limits
from storefront.accounts import service as accounts
from storefront.cart import service as cart
from storefront.cli.drawing import DrawingTable
from storefront.database import end_read, transaction
from storefront.journeys import await_stock, note_stock, sync_certificates
from storefront.media import store
from storefront.outbox import postman
from storefront.outbox import service as outbox
from storefront.stock import restock

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0


def postman_for(settings: config.Settings) -> postman.Postman:
    """SMTP where it is set, else files under the instance folder."""
    return (
        postman.Smtp(settings.mail_url)
        if settings.mail_url
        else postman.Files(settings.instance_dir / "mail")
    )


def send_due(carrier: postman.Postman, sender: str) -> int:
    """Send every letter that is due; returns how many left. A failed one is tried again later."""
    with transaction():
        letters = outbox.lease(now=clock.now())
    left = 0
    for letter in letters:
        try:
            carrier.carry(postman.message_of(letter, sender, clock.now()))
        except (OSError, smtplib.SMTPException) as error:
            log.warning("letter %s did not leave: %s", letter.id, error)
            with transaction():
                outbox.failed(letter.id, str(error), clock.now())
        else:
            left += 1
            with transaction():
                outbox.sent(letter.id, clock.now())
    return left


def tell_waiting(settings: config.Settings) -> None:
    """Write to those who wait for a pack that can be bought again."""
    if not settings.offers_mail:
        return
    domain = urlsplit(settings.public_url).hostname or "localhost"
    with transaction():
        await_stock.tell(day=clock.today(), mail_domain=domain, now=clock.now())


def keep_house(day: date) -> None:
    """Once a day: stars and stock as of today, and nothing kept longer than promised."""
    now = clock.now()
    with transaction():
        sync_certificates.run(day=day)
        note_stock.everywhere(day=day)
        accounts.forget_old(now)
        cart.forget_old(now)
        limits.forget_old(now)
        restock.forget_old(now)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due and end.")
def worker(once: bool) -> None:
    """Send letters, draw pictures and keep house until told to stop (SIGTERM, Ctrl-C)."""
    settings: config.Settings = current_app.config["SETTINGS"]
    carrier = postman_for(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    kept = clock.today() - timedelta(days=1)
    table = DrawingTable(store.of_instance(settings.instance_dir))
    while not stop.is_set():
        if clock.today() != kept:
            kept = clock.today()
            keep_house(kept)
            table.clear_away(clock.now())
        tell_waiting(settings)
        left = send_due(carrier, settings.mail_from) + table.draw(kept)
        end_read()
        if once and not left:
            break
        stop.wait(0 if left else PAUSE_SECONDS)


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(worker)
