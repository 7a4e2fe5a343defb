"""One person at one browser, in words of what a person does and sees."""

import os
import re

from playwright.sync_api import expect

from harness.patience import SOON
from harness.server import REPOSITORY

SCREENSHOTS = os.path.join(REPOSITORY, "build/screenshots")

PASSWORD = "correct horse battery staple"

# Keeps every text that the connection line ever showed; a page that was loaded anew starts empty.
_KEEP_CONNECTION_TEXTS = """
window.connectionTexts = [];
new MutationObserver(() => {
  const line = document.querySelector('[data-testid=connection-state]');
  const text = line ? line.textContent : null;
  if (text && text !== window.connectionTexts.at(-1)) window.connectionTexts.push(text);
}).observe(document, {subtree: true, childList: true, characterData: true});
"""


def link(server, path):
    """One of the two that the server prints at its first start."""
    return server.wait_for(rf"(https?://\S+{path}\?code=[^\s\"']+)")[1]


class Visitor:
    """Another browser, with nothing in it."""

    def __init__(self, browser, name, url, proxy=None, **options):
        if proxy:
            options["proxy"] = {"server": proxy.url}
        self.name = name
        self.url = url
        self.context = browser.new_context(base_url=url, **options)
        self.context.set_default_timeout(SOON * 1000)
        self.context.add_init_script(_KEEP_CONNECTION_TEXTS)
        self.errors = []
        self.page = self.new_tab()

    def new_tab(self):
        """One more page in this browser; what goes wrong in it counts too."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        return page

    def _on_console(self, message):
        # A server that is away makes the browser complain by itself; what the page says counts.
        if message.type == "error" and "net::ERR_" not in message.text \
                and "WebSocket connection" not in message.text \
                and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    # --- signing up and in ---

    def fill_account_form(self, password, page):
        page.get_by_label(re.compile("user ?name", re.IGNORECASE)).first.fill(self.name)
        self.fill_password_form(password, page)

    def fill_password_form(self, password, page):
        for field in page.locator("input[type=password]").all():
            field.fill(password)
        page.locator("form button[type=submit], form button:not([type])").first.click()

    def sign_up(self, link, password):
        self.page.goto(link)
        self.picture("sign-up")
        self.fill_account_form(password, self.page)
        self.reach_chat(password)

    def reach_chat(self, password=None):
        """Through the welcome, the start screen and the sign-in form, whichever is in the way."""
        composer = self.page.get_by_test_id("composer")
        welcome = self.page.get_by_role("link", name="Open the chat")
        start = self.page.get_by_test_id("sign-in")
        form = self.page.locator("input[type=password]")
        for _ in range(4):
            composer.or_(welcome).or_(start).or_(form).first.wait_for()
            if composer.is_visible():
                return
            if welcome.is_visible():
                welcome.click()
                composer.or_(start).first.wait_for()
            elif start.is_visible():
                start.click()
                composer.or_(form).first.wait_for()
            elif password:
                self.fill_account_form(password, self.page)
        composer.wait_for()

    def sign_out(self):
        self.page.get_by_test_id("user-menu").click()
        self.page.get_by_test_id("sign-out").click()
        self.page.get_by_test_id("sign-in").wait_for()

    def ask(self, method, path, body=None):
        """A route's answer to this person, who is signed in to the chat."""
        token = self.page.evaluate("JSON.parse(localStorage['hubbub.tokens']).accessToken")
        answer = self.context.request.fetch(
            self.url + path, method=method, data=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def id_of(self, username):
        """REQUIRES: a moderator."""
        found = self.ask("GET", f"/users?username={username}")["payload"]["users"]
        return found[0]["id"]

    # --- talking ---

    def say(self, text):
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("send").click()

    def messages(self, text=None):
        found = self.page.get_by_test_id("message")
        return found.filter(has_text=text) if text else found

    def sees(self, text, state="sent"):
        """Exactly one message with this text."""
        expect(self.messages(text)).to_have_count(1)
        expect(self.messages(text)).to_have_attribute("data-state", state)

    def sequence_numbers(self):
        return [int(one.get_attribute("data-seq")) for one in self.messages().all()]

    def open_private(self, other):
        self.page.get_by_test_id(f"person-{other}").click()

    def open_conversation(self, other):
        self.page.get_by_test_id(f"conversation-{other}").click()

    def open_channel(self, name="general"):
        self.page.get_by_test_id(f"channel-{name}").click()

    def channels(self):
        """Their names, as listed."""
        rows = self.page.get_by_role("navigation").locator("[data-testid^=channel-]").all()
        return [row.get_attribute("data-testid").removeprefix("channel-") for row in rows]

    def sees_hint(self, text):
        """What the composer says of writing here."""
        expect(self.page.get_by_test_id("writing-hint")).to_contain_text(text)

    def sees_online(self, other):
        expect(self.page.get_by_test_id(f"person-{other}")).to_be_visible()

    # --- the connection ---

    def connection_texts(self):
        return self.page.evaluate("window.connectionTexts")

    def sees_connection(self, text, seconds=SOON):
        """Now, or at some time since the page was loaded."""
        self.page.wait_for_function(
            "wanted => window.connectionTexts.some(text => text.toLowerCase().includes(wanted))",
            arg=text.lower(), timeout=seconds * 1000)

    def forget_connection_texts(self):
        self.page.evaluate("window.connectionTexts.length = 0")

    def mark_page(self):
        self.page.evaluate("window.isStillTheSamePage = true")

    def is_same_page(self):
        return self.page.evaluate("window.isStillTheSamePage === true")

    def scrolls_sideways(self, page):
        # Not innerWidth: on a phone that grows with what does not fit.
        return page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")

    def picture(self, name, page=None):
        os.makedirs(SCREENSHOTS, exist_ok=True)
        (page or self.page).screenshot(path=os.path.join(SCREENSHOTS, f"{name}.png"))
