"""The story of a newcomer: two people sign up, talk, and miss nothing whatever happens between."""

import re

import pytest
from playwright.sync_api import expect

from harness.patience import SLOWNESS, SOON
from visitor import PASSWORD, link


def test_two_people_sign_up_and_talk(two_people):
    alice, bob = two_people
    for person in (alice, bob):
        expect(person.page.get_by_test_id("channel-general")).to_be_visible()
        expect(person.messages().first).to_contain_text(re.compile("welcome", re.IGNORECASE))
    alice.sees_online("bob")
    bob.sees_online("alice")

    alice.say("Hello Bob, the kettle is on")
    bob.sees("the kettle is on")
    bob.say("Coming!")
    alice.sees("Coming!")
    alice.sees("the kettle is on")
    alice.picture("channel-light")

    bob.open_private("alice")
    bob.say("Only for you")
    bob.sees("Only for you")
    alice.open_conversation("bob")
    alice.sees("Only for you")
    alice.say("And back")
    bob.sees("And back")
    alice.picture("private-light")


def test_after_a_reload_the_history_is_there(two_people):
    alice, bob = two_people
    alice.say("before the reload")
    bob.sees("before the reload")
    bob.open_private("alice")
    bob.say("a private word")
    alice.page.reload()
    alice.reach_chat()
    alice.sees("before the reload")
    alice.open_conversation("bob")
    alice.sees("a private word")


def test_the_server_is_stopped_and_started_under_them(two_people, server):
    alice, bob = two_people
    alice.say("before")
    bob.sees("before")
    for person in two_people:
        person.mark_page()
    server.stop()
    for person in two_people:
        person.sees_connection("Reconnecting…")
    alice.say("written while it was away")
    alice.sees("written while it was away", state="pending")
    alice.picture("reconnecting")
    server.start()
    bob.sees("written while it was away")
    alice.sees("written while it was away")
    for person in two_people:
        person.sees_connection("caught up", 35 * SLOWNESS)
        assert person.is_same_page()
        numbers = person.sequence_numbers()
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    bob.say("after")
    alice.sees("after")


def test_one_loses_the_network_and_catches_up_3_messages(two_people, proxy):
    alice, bob = two_people
    alice.say("before the cut")
    bob.sees("before the cut")
    bob.mark_page()
    proxy.cut()
    bob.sees_connection("Reconnecting…")
    for text in ("first missed", "second missed", "third missed"):
        alice.say(text)
        alice.sees(text)
    bob.say("from the tunnel")
    bob.sees("from the tunnel", state="pending")
    proxy.mend()
    bob.sees_connection("caught up, 3 messages", 35 * SLOWNESS + SOON)
    for text in ("before the cut", "first missed", "second missed", "third missed",
                 "from the tunnel"):
        bob.sees(text)
        alice.sees(text)
    numbers = bob.sequence_numbers()
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert numbers == alice.sequence_numbers()
    assert bob.is_same_page()


def test_who_signs_out_signs_in_again_with_the_password(two_people):
    alice, bob = two_people
    bob.say("before I go")
    bob.sees("before I go")
    bob.sign_out()
    expect(alice.page.get_by_test_id("person-bob")).to_have_count(0)
    bob.reach_chat(PASSWORD)
    bob.sees("before I go")
    alice.sees_online("bob")


def test_a_link_serves_once(two_people, server, visit):
    carol = visit("carol")
    carol.page.goto(link(server, "/setup"))
    expect(carol.page.locator("input[type=password]")).to_have_count(0)


@pytest.mark.parametrize("look, options", [
    ("desktop-dark", {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}}),
    ("phone-light", {"viewport": {"width": 390, "height": 844}, "is_mobile": True,
                     "has_touch": True, "device_scale_factor": 2}),
    ("phone-dark", {"viewport": {"width": 390, "height": 844}, "is_mobile": True,
                    "has_touch": True, "device_scale_factor": 2, "color_scheme": "dark"}),
])
def test_the_page_fits_other_looks(two_people, server, visit, look, options):
    alice, bob = two_people
    for number in range(3):
        alice.say(f"Alice's line {number}\nwith a second one and https://example.org/a/link")
        alice.sees(f"Alice's line {number}")
        bob.say(f"Bob's line {number}: " + "words " * 30)
        bob.sees(f"Bob's line {number}")
    again = visit("alice", **options)
    again.page.goto(server.url)
    again.reach_chat(PASSWORD)
    again.sees("Bob's line 2")
    again.picture(look)
    assert not again.scrolls_sideways(again.page)
    if "phone" in look:
        again.page.get_by_test_id("open-lists").click()
        again.sees_online("bob")
        again.picture(look + "-lists")
