"""Speaks with cordon_connector as a console does: one process for one system, a socket as its standard input."""

import hashlib
import json
import socket
import struct
import subprocess
import time


class Refused(Exception):
    """What the connector answered in place of a result."""

    def __init__(self, error):
        super().__init__(f"{error['code']}: {error['detail']}")
        self.code = error["code"]
        self.detail = error["detail"]


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Connector:
    def __init__(self, program, name, kind, tenant, options, credential, entering=()):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self.name, self.tenant, self.credential = name, tenant, credential
        self._process = subprocess.Popen([*entering, program], stdin=theirs, env={})
        theirs.close()
        self._socket = ours
        self._serial = 0
        self._send({"name": name, "kind": kind, "tenant": tenant, "environment": "prod", "holds": [], "options": options})
        self.about = self._answer()

    def close(self):
        self._socket.close()
        self._process.wait(10)

    def _send(self, value):
        text = (value if isinstance(value, str) else json.dumps(value)).encode()
        self._socket.sendall(struct.pack(">I", len(text)) + text)

    def _receive(self, count):
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise EOFError("the connector ended")
            data += part
        return data

    def _answer(self):
        reply = json.loads(self._receive(struct.unpack(">I", self._receive(4))[0]))
        if "error" in reply:
            raise Refused(reply["error"])
        return reply["ok"] if "ok" in reply else reply

    def _ask(self, call, **more):
        now = time.time_ns() // 1000
        self._send({"v": 1, "call": call, "now": now, "time_limit_ms": 30000, "credential": True, **more})
        self._send(json.dumps(self.credential))
        return self._answer()

    def action(self, verb, kind, target, **params):
        return {"v": 1, "type": verb, "connector": self.name, "tenant": self.tenant, "targets": [{"kind": kind, "id": target}],
                "params": params, "expected_state": "0" * 64, "incident": "i", "session": "s", "mandate": "m", "rollback": None}

    def _permit(self, text):
        self._serial += 1
        return {"digest": hashlib.sha256(b"cordon.action.v1\n" + text.encode()).hexdigest(), "connector": self.name, "serial": f"serial{self._serial}",
                "expires": time.time_ns() // 1000 + 60_000_000}

    def check(self):
        return self._ask("check")

    def inspect(self, kind, target):
        return self._ask("inspect", target={"kind": kind, "id": target, "type": "", "name": ""})

    def execute(self, action):
        text = canonical(action)
        return self._ask("execute", action=text, permit=self._permit(text))

    def verify(self, action):
        return self._ask("verify", action=canonical(action))

    def undo(self, action, record, overwrites=False):
        text = canonical(action)
        return self._ask("undo", action=text, permit=self._permit(text), undo=record, overwrites_drift=overwrites)
