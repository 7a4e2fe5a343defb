"""The real server with one of the files of deploy/caddy before it, and people who come through."""

import contextlib
import socket

from websockets.sync.client import connect as open_websocket

from harness.caddy import DeployedCaddy
from harness.chat import Chat
from harness.patience import SOON
from harness.ports import free_port
from harness.server import Server, temporary_folder

# For Caddyfile.prod: certificates of Caddy's own authority instead of Let's Encrypt's, which stays
# unknown to the machine.
OWN_CERTIFICATES = {"CADDY_GLOBAL_OPTIONS": "local_certs\nskip_install_trust"}


class ChatThroughCaddy(Chat):
    """Its people come by wss, under the name that old clients know."""

    def __init__(self, server, issuer, caddy):
        super().__init__(server, issuer)
        self.caddy = caddy

    def open(self, path="/ws", client="127.0.0.1", **options):
        host = "chat.localhost"
        connection = socket.create_connection(("127.0.0.1", self.caddy.port), SOON, (client, 0))
        options = {"max_queue": None, "compression": None, "proxy": None, "open_timeout": SOON,
                   "close_timeout": SOON, "max_size": None, **options}
        return open_websocket(f"wss://{host}:{self.caddy.port}{path}", sock=connection,
                              ssl=self.caddy.trust(), server_hostname=host, **options)


@contextlib.contextmanager
def installed(file, environment=None, **settings):
    """(server, caddy): `environment` is Caddy's, `settings` are the server's."""
    with temporary_folder() as folder, contextlib.ExitStack() as stack:
        port = free_port()
        server = Server(folder, **settings)
        server.settings["HUBBUB_PUBLIC_URL"] = f"https://localhost:{port}"
        server.start()
        stack.callback(server.close)
        caddy = DeployedCaddy(folder, file, port, server.port, **(environment or {}))
        stack.callback(caddy.close)
        yield server, caddy


@contextlib.contextmanager
def chat_through(file, issuer, environment=None, **settings):
    settings = {"HUBBUB_OIDC_ISSUER": issuer.url, **settings}
    with installed(file, environment, **settings) as (server, caddy):
        chat = ChatThroughCaddy(server, issuer, caddy)
        chat.start_empty()
        yield chat
        chat.close()
