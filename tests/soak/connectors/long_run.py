#!/usr/bin/env python3
"""The connectors in the long run: two other signers, AWS's own SDK, an OAuth server, a domain controller.

long_run.py BIN FAKE NPM [--only PART] [--rounds N]   BIN: cordon_connector; FAKE: soak_aws_fake; NPM: folder with node_modules, or "-"
Exit 1 when something is otherwise than it should be. What cannot be had here is named and not counted as right.
"""

import argparse
import atexit
import base64
import hashlib
import json
import random
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from pathlib import Path

import domain_controller
from connector import Connector, Refused

HERE = Path(__file__).resolve().parent
failures = 0
left_out = []


def see(what, is_so, seen=""):
    global failures
    print(f"{'ok  ' if is_so else 'NOT '} {what}{'' if is_so else ': ' + str(seen)[:400]}", flush=True)
    failures += 0 if is_so else 1


def node(npm, script, *arguments, **more):
    """Scripts find what npm brought beside them."""
    there = Path(npm) / script
    there.write_text((HERE / script).read_text())
    process = subprocess.Popen(["node", str(there), *arguments], stdout=subprocess.PIPE, text=True, cwd=npm, **more)
    atexit.register(process.kill)
    return process


def signatures(args):
    """Every request that the real program signs is signed by two others as well."""
    rng = random.Random(args.seed)
    key, secret = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    oracle = node(args.npm, "signature_oracle.mjs", key, secret)
    port = oracle.stdout.readline().strip()
    lines = []
    reading = threading.Thread(target=lambda: lines.extend(oracle.stdout))  # a full pipe would hold the oracle up
    reading.start()
    connector = Connector(args.program, "aws-oracle", "aws", "123456789012", {"region": "eu-central-1", "endpoint": f"http://127.0.0.1:{port}"},
                          {"access_key_id": key, "secret_access_key": secret})
    characters = "abcXYZ019-._~ /+=&%:@äß漢'\"(){}[],;!*"
    kinds = [("account", "arn:aws:iam::123456789012:user/{}"), ("role", "arn:aws:iam::123456789012:role/{}"), ("credential", "AKIA{}"),
             ("workload", "i-{}"), ("secret", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:{}")]
    for _ in range(args.rounds):
        kind, form = rng.choice(kinds)
        name = "".join(rng.choice(characters) for _ in range(rng.randint(1, 40))).strip() or "x"
        try:
            connector.inspect(kind, form.format(name))
        except Refused:
            pass  # the oracle gives nobody anything
    connector.check()
    connector.close()
    oracle.terminate()
    reading.join()
    said = [json.loads(line) for line in lines if line.strip()]
    wrong = [one for one in said if one.get("problem") or len({one["said"], one["first"], one["second"]}) != 1]
    see(f"{len(said)} signatures as aws4 and @smithy/signature-v4 make them", said and not wrong, wrong[:2])
    services = {one.get("service") for one in said}
    see("of iam, sts, ec2 and secretsmanager", services == {"iam", "sts", "ec2", "secretsmanager"}, services)


def sdk(args):
    fake = subprocess.Popen([args.fake], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    address, key, secret = fake.stdout.readline().split()
    driver = node(args.npm, "sdk_drives_fake.mjs", address, key, secret, stderr=subprocess.STDOUT)
    print("".join("    " + line for line in driver.stdout), end="")
    see("AWS's own SDK takes the account that the tests play for AWS", driver.wait(60) == 0)
    fake.stdin.close()
    fake.wait(10)


def oauth(args):
    server = node(args.npm, "oauth_server.mjs", stderr=subprocess.DEVNULL)
    issuer = "http://127.0.0.1:" + server.stdout.readline().strip()

    def ask(path, client, **form):
        request = urllib.request.Request(issuer + path, urllib.parse.urlencode(form).encode())
        request.add_header("authorization", "Basic " + base64.b64encode(f"{client}:{client}-secret-word".encode()).decode())
        with urllib.request.urlopen(request, timeout=20) as reply:
            text = reply.read()
            return json.loads(text) if text else None

    token = ask("/token", "service", grant_type="client_credentials")["access_token"]
    see("the service's token is active", ask("/token/introspection", "responder", token=token)["active"])
    connector = Connector(args.program, "oauth-run", "oauth", issuer, {"endpoint": issuer, "metadata": "/.well-known/openid-configuration"},
                          {"client_id": "responder", "client_secret": "responder-secret-word", "tokens": [token]})
    see("the connector finds the server", connector.check()["tenant"] == issuer)
    name = base64.b64encode(hashlib.sha256(token.encode()).digest()).decode()
    see("it is active for the connector, too", connector.inspect("credential", name)["state"]["status"] == "active")
    destroy = connector.action("token.destroy", "credential", name)
    see("it is no way back", connector.execute(destroy)["undo"] is None)
    see("read back by introspection", connector.verify(destroy)["state"] == "verified")
    see("inactive for everybody", not ask("/token/introspection", "service", token=token)["active"])
    connector.close()
    server.terminate()


def directory(args):
    with domain_controller.folder() as folder:
        controller = domain_controller.DomainController(folder)
        try:
            suspended(args, controller)
        finally:
            controller.close()


def suspended(args, controller):
    who, old, new = "svc@corp.test", "Old-pass1!", "New-pass2!"
    controller.tool("user", "create", "svc", old)
    see("the account is let in", controller.binds(who, old))
    controller.tool("user", "setpassword", "svc", f"--newpassword={new}")
    see("the new password is let in", controller.binds(who, new))
    see("and so is the OLD one after its reset: a reset alone contains nothing", controller.binds(who, old))
    connector = Connector(args.program, "ad-run", "ldap", "DC=corp,DC=test",
                          {"host": "dc1.corp.test", "directory": "ad", "authorities": controller.authorities()},
                          {"bind_dn": "administrator@corp.test", "password": domain_controller.ADMIN},
                          entering=controller.entering())
    see("the connector finds the domain", connector.check()["tenant"].lower() == "dc=corp,dc=test")
    suspend = connector.action("account.suspend", "account", "CORP\\svc")
    done = connector.execute(suspend)
    see("suspended, read back", connector.verify(suspend)["state"] == "verified")
    see("by trying: neither password is let in", not controller.binds(who, old) and not controller.binds(who, new))
    group = "CN=Server Operators,CN=Builtin,DC=corp,DC=test"
    controller.tool("group", "addmembers", "Server Operators", "svc")
    leave = connector.action("grant.remove", "account", "CORP\\svc", group=group)
    left = connector.execute(leave)
    see("out of its group", "svc" not in controller.tool("group", "listmembers", "Server Operators").split())
    connector.undo(leave, left["undo"])
    see("and in again", "svc" in controller.tool("group", "listmembers", "Server Operators").split())
    connector.undo(suspend, done["undo"])
    see("let in again after the undo", controller.binds(who, new))
    try:
        connector.undo(suspend, done["undo"])
        see("not taken back twice", False)
    except Refused as refused:
        see("not taken back twice", refused.code == "conflict", refused)
    connector.close()
    replaced(args, controller, who)


def replaced(args, controller, who):
    """A password from the vault, by unicodePwd over TLS. An administrator's reset: the password policy's history does not count."""
    value = "Next-pass3!\"\\"
    target = "CORP\\svc/password"
    connector = Connector(args.program, "ad-run", "ldap", "DC=corp,DC=test",
                          {"host": "dc1.corp.test", "directory": "ad", "authorities": controller.authorities()},
                          {"bind_dn": "administrator@corp.test", "password": domain_controller.ADMIN, "new_values": {target: value}},
                          entering=controller.entering())
    replace = connector.action("credential.replace", "credential", target)
    see("a new password is not there before", connector.verify(replace)["state"] == "failed")
    done = connector.execute(replace)
    see("a new password, read back by binding", connector.verify(replace)["state"] == "verified")
    see("and it has no way back", done.get("undo") is None, done)
    see("by trying: it is let in", controller.binds(who, value))
    suspend = connector.action("account.suspend", "account", "CORP\\svc")
    connector.execute(suspend)
    see("while the account is suspended nobody can tell", connector.verify(replace)["state"] == "unknown")
    connector.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("fake")
    parser.add_argument("npm")
    parser.add_argument("--only", choices=["signatures", "sdk", "oauth", "directory"])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.program = str(Path(args.program).resolve())
    for part in (signatures, sdk, oauth, directory):
        if args.only and part.__name__ != args.only:
            continue
        print(f"== {part.__name__}", flush=True)
        why = domain_controller.missing() if part is directory else "npm could not be reached" if args.npm == "-" else ""
        if why:
            left_out.append(part.__name__)
            print(f"LEFT OUT: {why}")
            continue
        part(args)
    print(f"{failures} otherwise than it should be" + (f"; left out: {', '.join(left_out)}" if left_out else ""))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
