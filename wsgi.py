"""What the WSGI server imports."""

import gc
import multiprocessing
import threading

from storefront import create_app
from storefront.catalogue.search import live
from storefront.certification import register_index
from storefront.database import db, end_read
from storefront.places import index as places

app = create_app()

# What is loaded by now stays for the life of the process: the collector of cycles need not look through it again and
# again, nor come each time a page has made seven hundred objects, most of which are gone with the page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)


def _build_indexes() -> None:
    """Have the indexes of places, listings and the register ready before somebody asks; 100,000 listings take some 8 s."""
    places.get()
    with app.app_context():
        try:
            with live.current():
                pass
            register_index.current()
            end_read()
        except Exception:
            # whoever asks first will see it, with a page that says so
            app.logger.exception("the indexes could not be built yet")
        finally:
            db.session.remove()


if multiprocessing.parent_process() is not None:  # a worker of the server, not a command that only uses `app`
    threading.Thread(target=_build_indexes, name="indexes", daemon=True).start()
