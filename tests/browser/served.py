"""One process of the academy, made to be killed: `python -m tests.browser.served PORT DATABASE`; serves once told on stdin."""

import os
import sys

import django
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the test looks at the browser."""


def main(port: int, database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings.test")
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    application = get_wsgi_application()
    sys.stdin.readline()
    server = ThreadedWSGIServer(("127.0.0.1", port), Quiet)
    server.set_app(application)
    print("serving", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
