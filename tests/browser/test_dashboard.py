"""Each page of the dashboard, by those for whom it is, those who see less, and those it is not for.

An act in the dashboard counts when it is felt in another person's open chat.
"""

import re

import pytest
from playwright.sync_api import expect

from dashboard import Dashboard
from harness.patience import eventually
from visitor import PASSWORD

STAFF_PAGES = ["Overview", "Messages", "People", "Bans"]
ALL_PAGES = [*STAFF_PAGES, "Channels", "Limits", "Audit log"]
# Motionless, so that no picture shows what is half on its way.
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce",
             "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce",
              "is_mobile": True, "has_touch": True},
}


@pytest.fixture
def dashboard(two_people):
    """Alice's, beside her chat."""
    return Dashboard(two_people[0]).open()


def test_the_overview_follows_what_happens(two_people, dashboard):
    _, bob = two_people
    dashboard.shows("Overview")
    assert dashboard.entries() == ALL_PAGES
    expect(dashboard.figure("People online")).to_have_text("2")
    expect(dashboard.figure("Connections")).to_have_text("3")
    bob.say("the figures move")
    expect(dashboard.plot("Messages per second: .* between 0 and [0-9.]*[1-9]")).to_be_visible()
    bob.page.goto("about:blank")
    expect(dashboard.figure("People online")).to_have_text("1")
    expect(dashboard.plot("Connections: 2 now; .* between [23] and 3")).to_be_visible()
    dashboard.button("Refresh").click()
    expect(dashboard.section("Messages per channel")).to_contain_text("# general")
    peaks = dashboard.section("Most connections at once")
    peaks.get_by_text("As a table").click()
    expect(peaks.get_by_role("row").last).to_contain_text("3")


def test_channels_are_made_changed_and_put_away(two_people, dashboard):
    _, bob = two_people
    dashboard.go("Channels")
    dashboard.get("new-channel").click()
    dashboard.save_channel("Channel “garden” created", name="garden", description="Beds, tools")
    bob.open_channel("garden")
    dashboard.button("Edit garden").click()
    dashboard.get("channel-slow-mode").select_option(label="1 min")
    dashboard.save_channel("Channel “allotment” updated", name="allotment", description="Beds only")
    expect(bob.page.get_by_role("main")).to_contain_text("Beds only")
    bob.sees_hint("Slow mode: one message every minute")
    dashboard.button("Edit allotment").click()
    dashboard.page.get_by_role("switch", name="Read-only").check()
    dashboard.save_channel("Channel “allotment” updated")
    expect(dashboard.get("channel-row-allotment")).to_contain_text("Read-onlySlow mode 1 min")
    expect(bob.page.get_by_test_id("composer")).to_be_disabled()

    assert bob.channels() == ["general", "allotment"]
    dashboard.button("Move allotment up").click()
    expect(dashboard.page.get_by_text("“allotment” is now number 1 of 2.")).to_be_visible()
    def is_first():
        return bob.channels() == ["allotment", "general"]
    eventually(is_first)

    dashboard.more_of_channel("allotment", "Archive…")
    dashboard.confirm("Channel “allotment” archived")
    expect(bob.page.get_by_test_id("channel-gone")).to_contain_text("#allotment is no longer here")
    dashboard.button("Restore allotment").click()
    dashboard.says("Channel “allotment” restored")
    bob.open_channel("allotment")
    dashboard.more_of_channel("allotment", "Delete for good…")
    dashboard.get("confirm-typed").fill("Allotment")
    expect(dashboard.get("confirm")).to_be_disabled()
    dashboard.get("confirm-typed").fill("allotment")
    dashboard.confirm("Channel “allotment” deleted for good")
    expect(bob.page.get_by_test_id("channel-allotment")).to_have_count(0)
    expect(dashboard.get("channel-row-allotment")).to_have_count(0)
    expect(dashboard.page.get_by_text("No channel is archived.")).to_be_visible()


def test_a_private_channel_is_there_for_administrators_only_and_comes_back(two_people, dashboard):
    alice, bob = two_people
    dashboard.go("Channels")
    dashboard.get("new-channel").click()
    dashboard.save_channel("Channel “board” created", name="board")
    bob.open_channel("board")
    for is_private in (True, False):
        dashboard.button("Edit board").click()
        dashboard.page.get_by_role("switch", name="Private").set_checked(is_private)
        dashboard.save_channel("Channel “board” updated")
        marked, seen = (1, 0) if is_private else (0, 1)
        row = dashboard.get("channel-row-board")
        expect(row.get_by_text("Private", exact=True)).to_have_count(marked)
        expect(bob.page.get_by_test_id("channel-board")).to_have_count(seen)
        expect(alice.page.get_by_test_id("channel-board")).to_have_count(1)


def test_a_message_is_found_at_once_and_removed_everywhere(two_people, dashboard):
    alice, bob = two_people
    bob.say("the kettles are boiling")
    bob.say("今天的天气很好，我们去公园散步")
    alice.sees("今天的天气")
    dashboard.find_messages("kettle")
    expect(dashboard.rows("message")).to_have_text([
        re.compile("bob.*#general.*kettles are boiling", re.DOTALL)])
    dashboard.find_messages("公园")
    expect(dashboard.rows("message")).to_have_text([re.compile("我们去公园散步")])
    expect(dashboard.rows("message").get_by_role("link", name="bob")).to_be_visible()
    dashboard.rows("message").get_by_role("checkbox").check()
    dashboard.get("remove-selected").click()
    dashboard.confirm("1 message removed")
    expect(dashboard.get("empty")).to_have_text("No message fits this search.")
    for person in (alice, bob):
        person.sees("This message was removed.")
        expect(person.messages("今天的天气")).to_have_count(0)
    dashboard.page.reload()
    dashboard.shows("Messages")
    expect(dashboard.get("message-words")).to_have_value("公园")
    expect(dashboard.get("empty")).to_be_visible()
    dashboard.get("message-words").fill("Welcome")
    expect(dashboard.rows("message")).to_contain_text(["Hubbub"])
    expect(dashboard.rows("message").get_by_role("link")).to_have_count(0)


def test_a_ban_is_felt_at_once_and_pardoned_by_keyboard_and_so_is_a_mute(two_people, dashboard):
    _, bob = two_people
    bob.say("something rude")
    bob.sees("something rude")
    dashboard.open_person("bob")
    expect(dashboard.rows("message")).to_contain_text("something rude")
    expect(dashboard.get("presence")).to_have_text("Online")
    dashboard.restrict("ban", "1 hour", "Rudeness", "bob is banned")
    expect(bob.page.get_by_role("heading")).to_have_text("You are banned here")
    expect(dashboard.get("banned")).to_be_visible()
    expect(dashboard.get("presence")).to_have_text("Offline")
    bob.page.reload()
    expect(bob.page.get_by_role("heading")).to_have_text("You are banned here")

    dashboard.go("Bans")
    expect(dashboard.rows("ban", "bob")).to_have_text(re.compile("Rudeness.*for 1 h, ends"))
    dashboard.press_until_focused("lift")
    dashboard.page.keyboard.press("Enter")
    expect(dashboard.get("confirm")).to_be_visible()
    dashboard.press_until_focused("confirm")
    dashboard.page.keyboard.press("Enter")
    dashboard.says("bob is pardoned")
    expect(dashboard.get("empty")).to_have_text("Nobody is banned.")
    dashboard.page.get_by_text("All", exact=True).click()
    expect(dashboard.rows("ban", "bob")).to_contain_text("pardoned")
    bob.page.reload()
    bob.reach_chat(PASSWORD)
    bob.say("sorry")
    bob.sees("sorry")

    dashboard.open_person("bob")
    dashboard.restrict("mute", "10 minutes", "Too loud", "bob is muted")
    mute = dashboard.rows("mute")
    expect(mute).to_have_text(re.compile("everywhere.*in force.*Too loud.*for 10 min", re.DOTALL))
    bob.say("LOUD")
    expect(bob.messages("LOUD")).to_contain_text("Not sent. You are muted here until")
    bob.sees_hint("You are muted here until")
    mute.get_by_test_id("lift").click()
    dashboard.confirm("bob is unmuted")
    bob.page.get_by_role("button", name="Retry").click()
    bob.sees("LOUD")


def test_roles_reset_links_and_invitations(two_people, dashboard, visit):
    _, bob = two_people
    dashboard.open_person("bob")
    dashboard.get("account-role").select_option(label="Moderator")
    dashboard.confirm("bob is moderator now")
    bob.page.get_by_test_id("user-menu").click()
    expect(bob.page.get_by_test_id("user-menu")).to_contain_text("moderator")
    expect(bob.page.get_by_test_id("open-dashboard")).to_be_visible()
    dashboard.get("account-reset").click()
    dashboard.confirm("The link is ready")
    elsewhere = visit("bob")
    elsewhere.page.goto(dashboard.get("reset-link").input_value())
    elsewhere.fill_password_form("another horse, another staple", elsewhere.page)
    elsewhere.reach_chat("another horse, another staple")

    dashboard.go("People")
    dashboard.get("invitation-uses").fill("2")
    dashboard.get("invite").click()
    dashboard.says("Invitation created")
    made = dashboard.rows("invitation", "For 2 more people")
    visit("carol").sign_up(made.get_by_test_id("invitation-link").input_value(), PASSWORD)
    dashboard.page.reload()
    dashboard.rows("invitation", "For 1 more person, ends in").get_by_test_id("revoke").click()
    dashboard.confirm("Invitation revoked")
    expect(dashboard.rows("invitation", "made by alice")).to_have_count(0)
    expect(dashboard.rows("person", "carol")).to_contain_text("Member")


def test_a_changed_limit_holds_and_who_runs_into_it_is_listed(two_people, dashboard):
    _, bob = two_people
    dashboard.go("Limits")
    expect(dashboard.get("empty")).to_have_text("Nobody was refused since the server started.")
    expect(dashboard.get("limit-text")).to_have_text("20 messages in 10 seconds per person")
    dashboard.get("message-limit").fill("0")
    dashboard.get("limit-save").click()
    expect(dashboard.page.get_by_text("A whole number from 1 to 1,000,000.")).to_be_visible()
    dashboard.get("message-limit").fill("2")
    dashboard.get("window-seconds").fill("300")
    dashboard.get("limit-save").click()
    dashboard.says("2 messages in 300 seconds per person, from the next message on.")
    for text in ("first", "second", "third"):
        bob.say(text)
    bob.sees("second")
    bob.sees("third", state="pending")
    expect(bob.messages("third")).to_contain_text("Too many messages at once")
    dashboard.button("Refresh").click()
    expect(dashboard.get("limited-people").get_by_role("row", name="bob")).to_be_visible()


def test_the_audit_log_tells_who_did_what(two_people, dashboard):
    alice, bob = two_people
    bob.say("to be removed")
    bob.sees("to be removed")
    bob_id = alice.id_of("bob")
    channel = alice.ask("POST", "/channels", {"name": "garden"})["id"]
    alice.ask("PATCH", "/channels", {"id": channel, "name": "allotment", "read_only": True})
    found = alice.ask("GET", "/messages?keyword=removed")["payload"]["messages"]
    alice.ask("DELETE", "/messages", {"ids": [found[0]["id"]]})
    ban = alice.ask("POST", "/users/ban", {"banished_id": bob_id, "reason": "Rude", "duration": 1})
    alice.ask("DELETE", f"/users/ban?ban_id={ban['ban_id']}")
    alice.ask("PATCH", "/ratelimits", {"id": 1, "message_limit": 5, "window_seconds": 10})
    alice.ask("PATCH", "/accounts", {"id": bob_id, "role": "moderator"})
    alice.ask("POST", "/accounts/reset", {"id": bob_id})
    dashboard.go("Audit log")
    expect(dashboard.rows("audit")).to_have_text([re.compile(text, re.DOTALL) for text in (
        "Password link made.*bob", "Role changed.*bob.*member.*moderator",
        "Limits changed.*message limit20→ became 5", "Person pardoned.*bob",
        "Person banned.*bob.*Rude", "Message removed", "Channel changed.*garden.*allotment",
        "Channel created.*garden")])
    for row in dashboard.rows("audit").all():
        expect(row).to_contain_text(re.compile(r", by alice from 127\.0\.0\.1"))
    dashboard.get("audit-action").select_option(label="Channels")
    expect(dashboard.rows("audit")).to_have_count(2)
    dashboard.get("audit-actor").fill("bob")
    dashboard.page.get_by_role("option", name="bob").click()
    expect(dashboard.get("empty")).to_have_text("No record fits this.")


def test_a_moderator_sees_less(two_people):
    alice, bob = two_people
    alice.ask("PATCH", "/accounts", {"id": alice.id_of("bob"), "role": "moderator"})
    dashboard = Dashboard(bob).open()
    dashboard.shows("Overview")
    assert dashboard.entries() == STAFF_PAGES
    for path in ("/admin/channels", "/admin/limits", "/admin/audit"):
        dashboard.asked_for.clear()
        dashboard.go_to(path)
        expect(dashboard.get("not-found")).to_contain_text("a role that you do not have")
        assert dashboard.asked_for == []
    alice.say("a slip of the tongue")
    bob.sees("a slip of the tongue")
    dashboard.find_messages("tongue")
    dashboard.rows("message", "tongue").get_by_role("checkbox").check()
    dashboard.get("remove-selected").click()
    dashboard.confirm("1 message removed")
    alice.sees("This message was removed.")
    dashboard.open_person("alice")
    expect(dashboard.get("account-role")).to_have_count(0)
    dashboard.get("mute").click()
    dashboard.get("restrict").click()
    expect(dashboard.get("refusal")).to_contain_text("The role of alice is not below yours")
    dashboard.button("Cancel").click()
    alice.ask("PATCH", "/accounts", {"id": alice.id_of("bob"), "role": "member"})
    expect(dashboard.get("no-access")).to_be_visible()


def test_a_member_is_sent_away_and_nothing_was_fetched(two_people):
    _, bob = two_people
    dashboard = Dashboard(bob).open("/admin/people")
    expect(dashboard.get("no-access")).to_contain_text("for moderators and administrators")
    assert dashboard.asked_for == []
    dashboard.get("to-chat").click()
    expect(dashboard.get("composer")).to_be_visible()


def test_signing_in_leads_back_to_the_page_that_was_asked_for(two_people, visit):
    dashboard = Dashboard(visit("alice")).open("/admin/bans?kind=mute&show=all", PASSWORD)
    dashboard.shows("Bans")
    expect(dashboard.page).to_have_url(re.compile(r"/admin/bans\?kind=mute&show=all$"))
    expect(dashboard.page.get_by_role("tab", name="Mutes")).to_have_attribute(
        "aria-selected", "true")
    dashboard.get("sign-out").click()
    expect(dashboard.get("sign-in")).to_be_visible()


def test_every_page_fits_every_look(two_people, visit):
    alice, bob = two_people
    bob.say("Long words: " + "Donaudampfschifffahrtsgesellschaft" * 4)
    bob.sees("Long words")
    bob_id = alice.id_of("bob")
    alice.ask("POST", "/channels", {"name": "a-channel-of-24-letters", "description": "d" * 200})
    alice.ask("POST", "/users/ban", {"banished_id": bob_id, "reason": "R" * 250})
    alice.ask("POST", "/users/mute", {"user_id": bob_id, "reason": "word " * 20})
    alice.ask("POST", "/accounts/invitations", {"uses": 3, "days": 7})
    for look, options in LOOKS.items():
        dashboard = Dashboard(visit("alice", **options)).open(password=PASSWORD)
        for title in ALL_PAGES:
            if look == "phone":
                dashboard.get("open-navigation").click()
            dashboard.go(title)
            dashboard.fits(f"{look}-{title.lower().replace(' ', '-')}")
        dashboard.go_to(f"/admin/people/{bob_id}")
        dashboard.shows("bob")
        dashboard.fits(f"{look}-person")
        dashboard.page.keyboard.press("Tab")
        expect(dashboard.get("skip-link")).to_be_focused()
        dashboard.page.keyboard.press("Enter")
        expect(dashboard.page.get_by_role("main")).to_be_focused()
