"""The dashboard in a tab of somebody's browser, in words of what one does and sees there."""

import re

from playwright.sync_api import expect

# What the sign-in and the pages themselves are made of: all else is a route that tells something.
_PUBLIC = re.compile(r"^/($|admin|assets/|icon\.svg|client\.json|realms/|favicon)")


class Dashboard:
    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.new_tab()
        self.asked_for = []
        self.page.on("request", self._on_request)

    def _on_request(self, request):
        path = request.url.removeprefix(self.visitor.url)
        if not _PUBLIC.match(path):
            self.asked_for.append(f"{request.method} {path}")

    # --- coming in, going round ---

    def open(self, path="/admin", password=None):
        """Whoever is signed in to the chat is asked for no password."""
        self.page.goto(path)
        self.get("sign-in").click()
        if password:
            self.visitor.fill_account_form(password, self.page)
        self.get("sign-out").or_(self.get("open-navigation")).first.wait_for()
        return self

    def go(self, title):
        self.get(f"nav-{title}").click()
        self.shows(title)

    def go_to(self, path):
        """As by a link that somebody sent."""
        self.page.goto(path)
        self.get("page-title").or_(self.get("no-access")).first.wait_for()

    def shows(self, title):
        expect(self.get("page-title")).to_have_text(title)
        expect(self.get("loading")).to_have_count(0)
        expect(self.page.locator("[data-loading=true]")).to_have_count(0)
        expect(self.get("load-failure")).to_have_count(0)

    def entries(self):
        return self.page.get_by_role("list").first.get_by_role("link").all_inner_texts()

    def open_person(self, name):
        self.go("People")
        self.get("person-search").fill(name)
        expect(self.get("person-row")).to_have_count(1)
        self.get("person-row").get_by_role("link", name=name).click()
        self.shows(name)

    def find_messages(self, words):
        self.go("Messages")
        self.get("message-words").fill(words)

    def fits(self, name):
        """Nothing has to be scrolled sideways; with a picture of it."""
        self.visitor.picture(f"dashboard-{name}", self.page)
        assert not self.visitor.scrolls_sideways(self.page), name

    # --- what is there, and what one does with it ---

    def get(self, test_id):
        return self.page.get_by_test_id(test_id)

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def rows(self, kind, text=None):
        found = self.get(f"{kind}-row")
        return found.filter(has_text=text) if text else found

    def section(self, title):
        return self.page.get_by_role("region", name=title, exact=True)

    def figure(self, name):
        """One of the live ones."""
        name = self.page.locator("dt", has_text=name)
        return self.get("live-figures").locator("div").filter(has=name).locator("dd")

    def plot(self, says):
        """The one that has these words for whoever does not see it."""
        return self.page.get_by_role("img", name=re.compile(says))

    def says(self, text):
        """What became of an act. Put away again, so that the next one is seen."""
        notice = self.page.get_by_role("alert").filter(has_text=text)
        expect(notice).to_be_visible()
        notice.get_by_role("button").click()
        expect(notice).to_have_count(0)

    def confirm(self, said):
        self.get("confirm").click()
        self.says(said)

    def save_channel(self, said, **fields):
        for name, text in fields.items():
            self.get(f"channel-{name}").fill(text)
        self.get("channel-save").click()
        self.says(said)

    def more_of_channel(self, name, act):
        self.get(f"channel-more-{name}").click()
        self.page.get_by_role("menuitem", name=act).click()

    def press_until_focused(self, test_id, presses_max=60):
        for _ in range(presses_max):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.dataset.testid") == test_id:
                return
        raise AssertionError(f"{test_id} is not reached with the keyboard")

    def restrict(self, kind, term, reason, said):
        """Bans or mutes the person whose page is open."""
        self.get(kind).click()
        self.get("term").select_option(label=term)
        self.get("reason").fill(reason)
        self.get("restrict").click()
        self.says(said)
