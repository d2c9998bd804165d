#!/usr/bin/python3
"""Playbooks as Cordon reads them, beside what a validator says of the published CACAO schemas.

usage: playbook_differential.py BIN [--rounds N] [--seed S]

Every example and N seeded changes of them: what the schemas refuse the reader refuses with a finding of kind `form`, and
the reverse. Then the round trip: what is written reads back as the same document, and its canonical form is the one that is
made here without Cordon. The validator is python3-jsonschema where it is there, else the small one beside this file."""

import argparse
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from json_schema import Schemas  # noqa: E402

SOURCE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PUBLIC = os.path.join(SOURCE, "..", "shared", "data", "cacao")
SCHEMAS = os.path.join(PUBLIC, "oasis-json-schemas", "schemas")
UUID = "00000000-0000-4000-8000-0000000000%02d"


def identifier(kind, number=1):
    return kind + "--" + UUID % number


def rich():
    """A playbook of our own with everything in it that the schemas have a word about."""
    address = {"url": ["https://soar.example.org/api"], "l2mac": ["00:11:22:aa:bb:cc"], "ipv4": ["192.0.2.7"],
               "ipv6": ["2001:db8::7"], "vlan": [12], "dname": ["soar.example.org"]}
    party = {"name": "x", "description": "y", "location": {"name": "HQ", "region": "western-europe", "latitude": "1.0"},
             "agent_target_extensions": {identifier("extension-definition"): {}}}
    reached = dict(party, address=address, port="22", authentication_info=identifier("user-auth"), category=["server"])
    step = {"name": "s", "description": "d", "external_references": [{"name": "n", "url": "u"}], "delay": 5, "timeout": 60000,
            "owner": identifier("identity"), "step_variables": {"__local__": {"type": "string", "value": None}},
            "step_extensions": {identifier("extension-definition"): {"a": 1}}}
    key = {"type": "jss", "id": identifier("jss"), "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
           "signee": "Desk", "related_to": identifier("playbook"), "related_version": "2026-01-02T00:00:00Z",
           "hash_algorithm": "sha-256", "algorithm": "ES256", "value": "AAAA", "revoked": False}
    end = lambda: {"type": "end"}  # noqa: E731
    return {
        "type": "playbook", "spec_version": "cacao-2.0", "id": identifier("playbook"), "name": "Rich", "description": "d",
        "playbook_types": ["mitigation"], "playbook_activities": ["restrict-access"],
        "playbook_processing_summary": {"if_logic": True, "digital_signatures": True}, "created_by": identifier("identity"),
        "created": "2026-01-01T00:00:00.5Z", "modified": "2026-01-02T00:00:00Z", "revoked": False,
        "valid_from": "2026-01-01T00:00:00Z", "valid_until": "2027-01-01T00:00:00Z", "derived_from": [identifier("playbook", 2)],
        "related_to": [identifier("playbook", 3)], "priority": 1, "severity": 50, "impact": 100,
        "industry_sectors": ["energy"], "labels": ["a"], "external_references": [{"name": "n", "external_id": "1"}],
        "markings": [identifier("marking-tlp")],
        "playbook_variables": {"__who__": {"type": "string", "value": "a", "constant": False, "external": True}},
        "workflow_start": identifier("start"), "workflow_exception": identifier("end", 9),
        "workflow": {
            identifier("start"): dict(copy.deepcopy(step), type="start", on_completion=identifier("parallel")),
            identifier("parallel"): dict(copy.deepcopy(step), type="parallel", next_steps=[identifier("action"), identifier("action", 2)],
                                         on_completion=identifier("if-condition")),
            identifier("action"): dict(copy.deepcopy(step), type="action", agent=identifier("group"), targets=[identifier("linux")],
                                       in_args=["__who__"], out_args=["__local__"], on_completion=identifier("end"),
                                       commands=[{"type": "bash", "command": "echo __who__:value", "version": "5", "description": "d",
                                                  "playbook_activity": "scan-system", "external_references": [{"name": "r"}]}]),
            identifier("action", 2): dict(type="action", agent=identifier("ssh"), on_success=identifier("end", 2), on_failure=identifier("end", 3),
                                          commands=[{"type": "openc2-http", "command": "POST /", "headers": {"a": ["b"]}, "content_b64": "e30="}]),
            identifier("if-condition"): dict(type="if-condition", condition="__who__:value = 'a'", on_true=identifier("while-condition"),
                                             on_false=identifier("switch-condition"), on_completion=identifier("end", 9)),
            identifier("while-condition"): dict(type="while-condition", condition="__who__:value != 'b'", on_true=identifier("playbook-action"),
                                                on_completion=identifier("end", 4)),
            identifier("playbook-action"): dict(type="playbook-action", playbook_id=identifier("playbook", 5), playbook_version="2026-01-01T00:00:00Z",
                                                in_args=["__who__"], out_args=["__who__"], on_completion=identifier("end", 5)),
            identifier("switch-condition"): dict(type="switch-condition", switch="__who__:value", on_completion=identifier("end", 6),
                                                 cases={"a": identifier("end", 7), "default": identifier("end", 8)}),
            **{identifier("end", n): end() for n in range(1, 10)},
        },
        "playbook_extensions": {identifier("extension-definition"): {"x": [1, 2]}},
        "authentication_info_definitions": {
            identifier("http-basic"): {"type": "http-basic", "name": "n", "user_id": "u", "password": "p", "kms": False},
            identifier("oauth2"): {"type": "oauth2", "oauth_header": "h", "token": "t", "kms_key_identifier": "k"},
            identifier("user-auth"): {"type": "user-auth", "username": "u", "password": "p", "kms": True,
                                      "authentication_info_extensions": {identifier("extension-definition"): {}}}},
        "agent_definitions": {
            identifier("group"): dict(copy.deepcopy(party), type="group", contact={"email": {"work": "a@example.org"}, "phone": {"a": "1"}}),
            identifier("individual"): dict(party, type="individual", contact={"contact_details": "c"}),
            identifier("organization"): dict(party, type="organization"),
            identifier("location"): dict(party, type="location", logical=["a"]),
            identifier("sector"): dict(party, type="sector", sector="energy"),
            identifier("security-category"): dict(party, type="security-category", category=["siem"]),
            identifier("ssh"): dict(copy.deepcopy(reached), type="ssh")},
        "target_definitions": {
            identifier("linux"): dict(copy.deepcopy(reached), type="linux"),
            identifier("http-api"): dict(copy.deepcopy(reached), type="http-api"),
            identifier("net-address"): {k: v for k, v in dict(copy.deepcopy(reached), type="net-address").items() if k != "port"}},
        "extension_definitions": {identifier("extension-definition"): {"type": "extension-definition", "name": "n", "description": "d",
                                                                       "created_by": identifier("identity"), "schema": "s", "version": "1",
                                                                       "external_references": [{"name": "r"}]}},
        "data_marking_definitions": {
            identifier("marking-tlp"): {"type": "marking-tlp", "id": identifier("marking-tlp"), "created_by": identifier("identity"),
                                        "created": "2026-01-01T00:00:00Z", "tlpv2_level": "TLP:GREEN", "labels": ["l"], "revoked": False},
            identifier("marking-statement"): {"type": "marking-statement", "id": identifier("marking-statement"),
                                              "created_by": identifier("identity"), "created": "2026-01-01T00:00:00Z", "statement": "s",
                                              "marking_extensions": {identifier("extension-definition"): {}},
                                              "external_references": [{"name": "r"}]}},
        "signatures": [dict(key, public_key="AAAA", signature=dict(key, thumbprint="t")), dict(key, public_cert_chain=["AAAA"])],
        "x_unknown": {"kept": [True, None, "é"]},
    }


def examples():
    found = [("rich", rich())]
    for folder, _, names in sorted(os.walk(os.path.join(SOURCE, "resources", "playbooks"))):
        found += [(name, json.load(open(os.path.join(folder, name), encoding="utf-8"))) for name in sorted(names) if name.endswith(".json")]
    for folder, _, names in sorted(os.walk(PUBLIC)):
        if "schemas" in folder:
            continue
        for name in sorted(names):
            if name.endswith(".json"):
                value = json.load(open(os.path.join(folder, name), encoding="utf-8"))
                if isinstance(value, dict) and value.get("type") == "playbook":
                    found.append((name, value))
    return found


POOL = ["", "x", "playbook", "end", "action", "true", "TLP:RED", "__x__", 0, 1, -1, 0.5, 3.0, 101, 4096, True, False, None, [], {}, [1], ["x"], {"a": 1},
        identifier("action", 77), identifier("end", 1), identifier("playbook", 1), "ab--" + UUID % 1, "abc--" + UUID % 1, "x" + identifier("end", 1),
        "action--00000000-0000-7000-8000-000000000001", "action--00000000-0000-4000-c000-000000000001", identifier("ACTION"),
        "2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-02-31T24:00:00Z", "2026-01-01T00:00:60.1234567Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00+00:00",
        "192.0.2.300", "1.2.3", "999.1.2.3.4", "x10.0.0.1", "10.0.0.1x", "::", "1::2::3", "fe80::1%eth0", "fe80:", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9",
        "http://a.b", "https://example.org", "a.b", "ab.cd", "ab.cdefghi", "ab.cd9", "00:11:22:33:44:55", "00:11:22:33:44", "gg:11:22:33:44:55"]


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key in sorted(value):
            yield from places(value[key], path + (key,))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], path + (index,))


def changed(value, rng):
    """The same document with one to three places made otherwise."""
    value = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        path = rng.choice([p for p in places(value) if p] or [()])
        if not path:
            return value
        parent = value
        for key in path[:-1]:
            parent = parent[key]
        key, kind = path[-1], rng.randrange(8)
        if kind == 0:
            del parent[key]
        elif kind <= 3:
            parent[key] = copy.deepcopy(rng.choice(POOL))
        elif kind == 4 and isinstance(parent, dict):
            parent[key + rng.choice(("x", "--", "_"))] = parent.pop(key)
        elif kind == 5 and isinstance(parent[key], str) and parent[key]:
            text = parent[key]
            at = rng.randrange(len(text))
            parent[key] = text[:at] + rng.choice(("", "-", "g", "7", "A", ":", ".")) + text[at + 1:]
        elif kind == 6 and isinstance(parent[key], list):
            parent[key] = parent[key][:rng.randrange(len(parent[key]) + 1)]
        elif isinstance(parent[key], dict):
            parent[key][rng.choice(("type", "name", "x_new", "on_failure", "on_success", "thumbprint", "cert_url"))] = copy.deepcopy(rng.choice(POOL))
    return value


def validator():
    try:
        import jsonschema
        base = json.load(open(os.path.join(SCHEMAS, "playbook.json"), encoding="utf-8"))["$id"].rsplit("/", 1)[0]
        loaded = {}
        for folder, _, names in os.walk(SCHEMAS):
            for name in names:
                url = base + "/" + os.path.relpath(os.path.join(folder, name), SCHEMAS)
                loaded[url] = json.load(open(os.path.join(folder, name), encoding="utf-8"))
                loaded[url]["$id"] = url  # two of them carry another's
        root = loaded[base + "/playbook.json"]
        try:  # from 4.18 on
            from referencing import Registry, Resource
            from referencing.jsonschema import DRAFT7
            known = Registry().with_resources([(url, Resource(contents=one, specification=DRAFT7)) for url, one in loaded.items()])
            check = jsonschema.Draft7Validator(root, registry=known)
        except ImportError:
            check = jsonschema.Draft7Validator(root, resolver=jsonschema.RefResolver.from_schema(root, store=loaded))
        return "jsonschema", lambda value: [error.message[:100] for error in check.iter_errors(value)][:1]
    except ImportError:
        own = Schemas(SCHEMAS)
        return "the small validator beside this file", lambda value: own.errors(value, "playbook.json")[:1]


def canonical(value):
    """RFC 8785 for documents without fractions."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(key, ensure_ascii=False) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def hasIep(value):
    marks = value.get("data_marking_definitions") if isinstance(value, dict) else None
    return isinstance(marks, dict) and any(str(key).startswith("marking-iep") for key in marks)


def run(tool, *arguments):
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    return done.stdout


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("bin")
    arguments.add_argument("--rounds", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=20261123)
    options = arguments.parse_args()
    tool = os.path.join(options.bin, "cordonctl")
    seeds = examples()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, value in seeds:  # the round trip
            path = os.path.join(folder, "one.json")
            json.dump(value, open(path, "w", encoding="utf-8"))
            written = run(tool, "--json", "playbook", "show", path)
            if not written:
                continue  # refused: the comparison below says whether rightly
            if json.loads(written) != value:
                bad, _ = bad + 1, print("round trip:", name)
            open(path, "w", encoding="utf-8").write(written)
            if run(tool, "playbook", "show", "--canonical", path).rstrip("\n") != canonical(value):
                bad, _ = bad + 1, print("canonical form:", name)
        if not os.path.isdir(SCHEMAS):
            print("the public CACAO schemas are not here: nothing compared")
            return 1 if bad else 0
        who, says = validator()
        rng = random.Random(options.seed)
        cases = [(name, value) for name, value in seeds]
        cases += [(name, changed(value, rng)) for name, value in (rng.choice(seeds) for _ in range(options.rounds))]
        cases = [(name, value) for name, value in cases if not hasIep(value)]
        refused = 0
        for start in range(0, len(cases), 200):
            paths = []
            for number, (_, value) in enumerate(cases[start:start + 200]):
                paths.append(os.path.join(folder, "%03d.json" % number))
                json.dump(value, open(paths[-1], "w", encoding="utf-8"))
            answers = json.loads(run(tool, "--json", "playbook", "check", *paths))["playbooks"]
            for (name, value), answer in zip(cases[start:start + 200], answers):
                form = [found for found in answer.get("findings", []) if found["kind"] in ("form", "json")]
                errors = says(value)
                refused += 1 if errors else 0
                if bool(form) != bool(errors):
                    bad += 1
                    if bad < 20:
                        print("%s: the schemas say %s, the reader says %s" % (name, errors or "fine", [(f["pointer"], f["text"]) for f in form][:2] or "fine"))
                        keep = os.environ.get("CORDON_KEEP")
                        if keep:
                            json.dump(value, open(os.path.join(keep, "differs-%d.json" % bad), "w", encoding="utf-8"))
        print("%d documents compared with %s: %d refused by both, %d differ" % (len(cases), who, refused, bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
