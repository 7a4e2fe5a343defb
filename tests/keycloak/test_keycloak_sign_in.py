"""People of a real Keycloak talk: in the pages, and with clients of the old server."""

from harness.chat import OldClient
from visitor import PASSWORD


def test_two_people_sign_in_through_keycloaks_page_and_talk(visit, person, keycloak):
    alice, bob = (visit(person(name)[0]) for name in ("alice", "bob"))
    for one in (alice, bob):
        one.page.goto("/")
        one.reach_chat(PASSWORD)
        assert one.page.url.startswith(one.url)
    alice.sees_online(bob.name)
    alice.say("Hello from Keycloak")
    bob.sees("Hello from Keycloak")
    bob.say("Coming!")
    alice.sees("Coming!")


def test_a_client_of_the_old_server_signs_in_and_talks(chat, person):
    alice, bob = person("alice")[0], person("bob")[0]
    tokens = chat.issuer.sign_in(alice, redirect="http://127.0.0.1:1337/callback")
    old = OldClient(chat.open(f"/ws?token={tokens['access_token']}"), alice)
    old.greeting()
    new = chat.listen(bob)
    old.send("from the old one")
    assert new.expect("chat_message", message="from the old one")["username"] == alice
    new.send("to the old one")
    old.expect("chat_message", message="to the old one", username=bob)
    old.close()
