"""The server's own log: something to find a fault with, and never a token or what people said."""

import re


def test_neither_tokens_nor_texts_are_logged(make_chat):
    chat = make_chat(HUBBUB_LOG_LEVEL="debug")
    text = "a-very-private-thing"
    secrets = [text]

    def token(name, **claims):
        secrets.append(chat.token(name, **claims))
        return secrets[-1]
    alice = chat.connect_raw("alice", token("alice"))
    alice.expect("hello")
    alice.send(text, send_key="k")
    alice.send(text + " again", send_key="k")
    alice.send_private("alice", text)
    alice.error_of(type="chat_message", send_key="k2", channel="nowhere", message=text)
    alice.say(type="refresh_token", token=token("alice"))
    alice.error_of(type="refresh_token", token=token("bob"))
    alice.say_raw(text)
    chat.http("GET", f"/ws?token={token('carol')}")
    chat.http("GET", f"/ws?token={token('carol', lifetime=-5)}")
    chat.http("GET", f"/messages?keyword={text}", headers={"Authorization": f"Bearer {token('d')}"})
    old = chat.connect_old("dora")
    old.greeting()
    old.send(text)
    old.expect("chat_message", message=text)
    old.say_raw(text)
    alice.settle()
    chat.server.restart()
    chat.server.stop()
    chat.server.start()

    for secret in secrets:
        assert secret not in chat.server.output
        assert secret.rsplit(".", 1)[-1] not in chat.server.output  # a signature alone


def test_a_log_line_has_time_level_and_event(chat):
    lines = [line for line in chat.server.output.splitlines() if " listening " in line]
    pattern = r"\d{4}-\d\d-\d\dT[\d:.]+Z info listening .*address=127\.0\.0\.1:\d+"
    assert re.match(pattern, lines[-1])
