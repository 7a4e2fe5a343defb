"""People who write through an outage of the store, and the proof afterwards that what was
acknowledged is there once, in the one order that everybody saw."""

import threading

from harness.patience import SLOWNESS, eventually

# Until a store that answers nothing is given up, and all is well again. PostgreSQL: 5 s for a
# statement and 2 s more for its answer.
LONG = 30 * SLOWNESS


class Writer(threading.Thread):
    """Says one thing after the other until it is told to finish; repeats what was not acknowledged,
    under the same key."""

    def __init__(self, chat, name):
        super().__init__(daemon=True)
        self.person = chat.connect(name)
        self.count = 0
        self.may_end = threading.Event()
        self.acked = {}  # seq -> text
        self.refused = []
        self.failure = None

    def run(self):
        try:
            while not self.may_end.is_set():
                self.say(f"{self.person.username} {self.count}", f"key-{self.count}")
                self.count += 1
        except Exception as failure:  # shown by finish()
            self.failure = failure

    def say(self, text, key):
        while True:
            self.person.say(type="chat_message", channel="general", message=text, send_key=key)
            answer = self.person.answer_to(key, LONG)
            if "seq" in answer:
                self.acked[answer["seq"]] = text
                return
            self.refused.append(answer)
            # As it was told; bounded, so that a test does not wait for long.
            threading.Event().wait(min(answer["retry_after_ms"], 200) / 1000)

    def finish(self):
        """With a few more, said when all is well again."""
        goal = len(self.acked) + 20

        def said():
            return self.failure or len(self.acked) >= goal
        eventually(said, LONG)
        self.may_end.set()
        self.join(LONG)
        assert self.failure is None, self.failure
        assert len(self.acked) == self.count


def stored(chat, person="reader"):
    """The whole log of the channel, as someone reads it who comes now."""
    reader = chat.connect(person)
    channel = reader.channel()
    frames = reader.subscribe(channel["id"], {"epoch": channel["epoch"], "seq": 0})
    return [(one["payload"]["seq"], one["payload"]["message"])
            for one in frames if one["type"] == "chat_message"]


def seen_by(listener, last):
    """What a listener was shown, up to a message that it waits for."""
    frames = listener.until("chat_message", seconds=LONG, seq=last)
    return [(one["payload"]["seq"], one["payload"]["message"])
            for one in listener.seen if one["type"] == "chat_message"] if frames else []


def check(chat, writers, listener):
    log = stored(chat)
    assert [seq for seq, _ in log] == list(range(1, len(log) + 1))
    texts = [text for _, text in log]
    assert len(texts) == len(set(texts)), "something is stored twice"
    for writer in writers:
        assert {seq: dict(log)[seq] for seq in writer.acked} == writer.acked
        mine = [text for text in texts if text.startswith(writer.person.username + " ")]
        assert mine == [f"{writer.person.username} {n}" for n in range(writer.count)]
    # The listener was connected all the time, and saw everything once, in order.
    assert seen_by(listener, log[-1][0]) == log


def run_through(chat, break_it, mend_it):
    writers = [Writer(chat, f"writer{n}") for n in range(3)]
    listener = chat.listen("listener")
    for writer in writers:
        writer.start()

    def under_way():
        return all(len(writer.acked) > 10 for writer in writers)
    eventually(under_way, LONG)
    break_it()

    def refused():
        return all(writer.refused for writer in writers)
    eventually(refused, LONG)

    def is_told():
        return chat.http("GET", "/readyz").status_code == 503
    eventually(is_told, LONG)
    mend_it()
    for writer in writers:
        writer.finish()
        assert {answer["code"] for answer in writer.refused} == {"unavailable"}
    check(chat, writers, listener)

    def ready():
        return chat.http("GET", "/readyz").status_code == 200
    eventually(ready, LONG)
