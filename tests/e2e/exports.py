#!/usr/bin/env python3
"""Every export of a case whose log holds hostile text, read by readers of their own and checked against public schemas.

    exports.py FOLDER-OF-CORDONCTL"""

import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

from json_schema import Schemas

PROGRAMS = sys.argv.pop(1) if len(sys.argv) > 1 else "."
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
CACAO = os.path.join(SOURCE, "..", "shared", "data", "cacao", "oasis-json-schemas", "schemas")
HOSTILE = "=cmd()<script>alert(1)</script>&lt;\u202etxt.exe\"'--><img src=x onerror=y>\u4e2d\u0439"
ID = re.compile(r"^[a-z][a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
VOID = {"meta", "col", "img", "br", "link"}


class Page(html.parser.HTMLParser):
    """What a browser would make of the report."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.links, self.handlers, self.texts = [], set(), [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "action", "data", "srcset", "poster")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, "%s closes %s" % (tag, self.open[-1:])
        self.open.pop()

    def handle_data(self, data):
        self.texts.append(data)


# The markings of TLP 2.0 have ids that everybody knows; a bundle need not hold them. Source: OASIS, STIX 2.1 TLP 2.0 extension
TLP = {"marking-definition--" + one for one in (
    "94868c89-83c2-464b-929b-a1a8aa3c8487", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "939a9414-2ddd-4d32-a0cd-375ea402b003", "e828b379-4e03-4974-9ac4-e53a884c97c1")}


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="cordon-exports-")
        cls.case = os.path.join(cls.folder.name, "a.cordon")
        cls.first = first = os.path.join(cls.folder.name, "first.cordon")  # where the agent deactivated a key
        cls.ctl("run", "--case", first, "--replay", "--exercise", "service-account")
        log = os.path.join(cls.folder.name, "log.json")
        with open(os.path.join(first, "scenario-log.json"), encoding="utf-8") as stream:
            text = stream.read()
        with open(log, "w", encoding="utf-8") as stream:
            stream.write(text.replace("svc-deploy-ci", json.dumps(HOSTILE)[1:-1]))
        cls.ctl("run", "--case", cls.case, "--replay", "--exercise", "from-log", log)
        cls.report = json.loads(cls.ctl("report", cls.case, "--json"))
        cls.incident = max(cls.report["incidents"], key=lambda one: sum(s["state"] == "verified" for s in one["plan"]["steps"]))["id"]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def ctl(cls, *arguments, status=0):
        environment = dict(os.environ, CORDON_HOME=os.path.join(cls.folder.name, "home"), CORDON_RESOURCES=os.path.join(SOURCE, "resources"))
        done = subprocess.run([os.path.join(PROGRAMS, "cordonctl"), *arguments], capture_output=True, env=environment, check=False)
        assert done.returncode == status, (arguments, done.returncode, done.stderr.decode())
        return done.stdout

    def test_the_case_holds_the_hostile_text(self):
        self.assertIn(HOSTILE, json.dumps(self.report, ensure_ascii=False).replace('\\"', '"'))

    def test_html_runs_nothing_and_asks_for_nothing(self):
        text = self.ctl("report", self.case, "--format", "html").decode()
        page = Page()
        page.feed(text)
        page.close()
        self.assertEqual(page.open, [])
        self.assertEqual(page.links, [])
        self.assertEqual(page.handlers, [])
        self.assertFalse(page.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base", "a", "svg", "audio", "video"})
        self.assertNotIn("url(", text)
        self.assertNotIn("@import", text)
        self.assertIn("default-src 'none'", text)
        shown = "".join(page.texts)
        self.assertIn("=cmd()<script>alert(1)</script>&lt;\\u{202e}txt.exe", shown)
        self.assertIn("\u4e2d\u0439", shown)
        self.assertFalse(set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(text))
        for words in ("EXERCISE", "All times are UTC", "OK when this report was made", "Custody", self.incident, "RESULT"):
            self.assertIn(words, shown)

    def test_pdf_is_whole_and_its_table_leads_to_its_objects(self):
        data = self.ctl("report", self.case, "--format", "pdf")
        self.assertTrue(data.startswith(b"%PDF-1.4") and data.endswith(b"%%EOF\n"))
        start = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
        lines = data[start:].split(b"\n")
        self.assertEqual(lines[0], b"xref")
        count = int(lines[1].split()[1])
        for number in range(1, count):
            offset = int(lines[2 + number].split()[0])
            self.assertTrue(data[offset:].startswith(b"%d 0 obj\n" % number), number)
        streams = re.findall(rb"<< /Length (\d+) >>\nstream\n(.*?)\nendstream\nendobj", data, re.S)
        self.assertGreater(len(streams), 2)
        shown = b""
        for length, body in streams:
            self.assertEqual(len(body), int(length))
            for line in body.split(b"\n"):  # every line is one of the two things that are drawn
                self.assertRegex(line, rb"^(BT /F[012] [\d.]+ Tf [\d.]+ [\d.]+ Td \((?:[^()\\]|\\[()\\])*\) Tj ET|0\.8 G .* l S 0 G)?$")
            shown += b"".join(re.findall(rb"\((.*)\) Tj", body))
        for word in (b"/JS", b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile", b"/AcroForm", b"/OpenAction"):
            self.assertNotIn(word, re.sub(rb"stream\n.*?\nendstream", b"", data, flags=re.S))
        self.assertIn(b"EXERCISE", shown)
        self.assertIn(b"<script>alert", shown)
        self.assertIn(b"\\\\u{4e2d}\\\\u{439}", shown)  # no face of every reader has these: told, not lost

    def test_timesketch_lines_and_cells(self):
        rows = [json.loads(line) for line in self.ctl("report", self.case, "--format", "timesketch").splitlines()]
        self.assertEqual({row["record_kind"] for row in rows}, {"event", "alert", "ledger"})
        self.assertEqual(sum(row["record_kind"] == "event" for row in rows), self.report["events"])
        self.assertEqual(sum(row["record_kind"] == "alert" for row in rows), len(self.report["alerts"]))
        entries = json.loads(self.ctl("report", self.case, "--json"))["ledger"]["entries"]
        self.assertEqual(sum(row["record_kind"] == "ledger" for row in rows), entries)
        for row in rows:
            self.assertTrue(row["message"] and row["timestamp_desc"] and isinstance(row["timestamp"], int), row)
            self.assertRegex(row["datetime"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
        text = self.ctl("report", self.case, "--format", "timesketch-csv").decode()
        cells = list(csv.DictReader(io.StringIO(text, newline="")))
        self.assertEqual(len(cells), len(rows))
        self.assertEqual([cell["message"][:20].lstrip("'") for cell in cells], [row["message"][:20] for row in rows])
        hostile = 0
        for cell in cells:
            self.assertNotIn(None, cell)
            for value in cell.values():
                self.assertFalse(value[:1] in ("=", "+", "-", "@", "\t", "\r"), value)
                hostile += value.startswith("'=cmd()")
        self.assertGreater(hostile, 0)

    def test_timesketch_of_one_incident_is_narrower(self):
        rows = [json.loads(line) for line in self.ctl("report", self.case, "--format", "timesketch", "--incident", self.incident).splitlines()]
        self.assertEqual({row["incident"] for row in rows}, {self.incident})
        self.assertLess(len(rows), self.report["events"])

    def test_ocsf_has_what_its_classes_ask_for(self):
        base = {"activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"}
        asked = {2004: {"finding_info"}, 2005: {"finding_info_list", "status_id"}, 7001: {"command_uid"}}
        for version, classes in (("1.4.0", {2004, 2005, 7001}), ("1.1.0", {2004, 2005})):
            rows = [json.loads(line) for line in self.ctl("report", self.first, "--format", "ocsf", "--ocsf-version", version).splitlines()]
            self.assertEqual({row["class_uid"] for row in rows}, classes)
            for row in rows:
                self.assertFalse((base | asked[row["class_uid"]]) - set(row), row)
                self.assertEqual(row["category_uid"], row["class_uid"] // 1000)
                self.assertEqual(row["type_uid"], row["class_uid"] * 100 + row["activity_id"])
                self.assertEqual(row["metadata"]["version"], version)
                self.assertTrue(row["metadata"]["product"]["vendor_name"])
                self.assertIn("EXERCISE", row["metadata"]["labels"])
                self.assertGreater(row["time"], 1_600_000_000_000)
                self.assertIn(row["severity_id"], range(0, 7))
                for attack in row.get("attacks", []) + row.get("finding_info", {}).get("attacks", []):
                    self.assertTrue(attack["technique"]["uid"] and attack["version"])
        self.ctl("report", self.case, "--format", "ocsf", "--ocsf-version", "0.9", status=1)

    def test_stix_objects_are_whole_and_every_reference_leads_somewhere(self):
        bundle = json.loads(self.ctl("report", self.case, "--format", "stix"))
        self.assertEqual(set(bundle), {"type", "id", "objects"})
        needs = {"identity": {"name"}, "incident": {"name"}, "attack-pattern": {"name"}, "course-of-action": {"name"},
                 "observed-data": {"first_observed", "last_observed", "number_observed", "object_refs"},
                 "note": {"content", "object_refs"}, "indicator": {"pattern", "pattern_type", "valid_from"}, "report": {"name", "published", "object_refs"},
                 "relationship": {"relationship_type", "source_ref", "target_ref"},
                 "user-account": {"user_id"}, "ipv4-addr": {"value"}, "ipv6-addr": {"value"}}
        observables = {"user-account", "ipv4-addr", "ipv6-addr"}
        known = {one["id"] for one in bundle["objects"]}
        self.assertEqual(len(known), len(bundle["objects"]))
        known |= TLP
        for one in bundle["objects"]:
            self.assertRegex(one["id"], ID)
            self.assertEqual(one["id"].split("--")[0], one["type"])
            self.assertEqual(one["spec_version"], "2.1")
            self.assertFalse(needs[one["type"]] - set(one), one)
            if one["type"] in observables:
                self.assertNotIn("created", one)
            else:
                self.assertRegex(one["created"], TIME)
                self.assertRegex(one["modified"], TIME)
            for name, value in one.items():
                for reference in value if name.endswith("_refs") else [value] if name.endswith("_ref") else []:
                    self.assertIn(reference, known)
                if name.endswith("_refs"):
                    self.assertTrue(value, one)
        self.assertEqual({one["type"] for one in bundle["objects"]} - set(needs), set())
        again = json.loads(self.ctl("report", self.case, "--format", "stix"))
        self.assertEqual(bundle, again)

    def test_cacao_fits_the_public_schema(self):
        playbook = json.loads(self.ctl("report", self.case, "--format", "cacao", "--incident", self.incident))
        done = [step for one in self.report["incidents"] if one["id"] == self.incident for step in one["plan"]["steps"] if step["state"] == "verified"]
        steps = playbook["workflow"]
        actions = [step for step in steps.values() if step["type"] == "action"]
        self.assertEqual(len(actions), len(done))
        walked, at = [], playbook["workflow_start"]
        while steps[at]["type"] != "end":
            walked.append(at)
            at = steps[at]["on_completion"]
        self.assertEqual(len(walked), len(actions) + 1)
        if not os.path.isdir(CACAO):
            self.skipTest("the public CACAO schemas are not here")
        self.assertEqual(Schemas(CACAO).errors(playbook, "playbook.json"), [])
        del playbook["workflow_start"]
        playbook["workflow"][walked[1]]["commands"] = []
        self.assertGreater(len(Schemas(CACAO).errors(playbook, "playbook.json")), 1)  # the checker can say no

    def test_custody_names_every_object_with_who_and_when(self):
        graph = json.loads(self.ctl("report", self.case, "--format", "custody"))["@graph"]
        nodes = {node["@id"]: node for node in graph}
        self.assertEqual(len(nodes), len(graph))
        kinds = [node["@type"] for node in graph]
        self.assertEqual(kinds.count("case-investigation:InvestigativeAction"), kinds.count("case-investigation:ProvenanceRecord"))
        for node in graph:
            if node["@type"] == "case-investigation:InvestigativeAction":
                self.assertIn(node["uco-action:performer"]["@id"], nodes)
                self.assertTrue(node["uco-action:endTime"]["@value"])
                for one in node["uco-action:result"] + node["uco-action:instrument"]:
                    self.assertIn(one["@id"], nodes)
            if node["@type"] == "uco-observable:ObservableObject":
                digest = node["uco-core:hasFacet"][0]["uco-observable:hash"][0]["uco-types:hashValue"]["@value"]
                self.assertTrue(os.path.exists(os.path.join(self.case, "evidence", "sha256", digest[:2], digest)))

    def test_a_sealed_case_lists_in_any_archive_program_and_gives_the_same_exports(self):
        sealed = os.path.join(self.folder.name, "a.cordonz")
        before = {name: self.ctl("report", self.case, "--format", name) for name in ("stix", "ocsf")}
        self.ctl("seal", self.case, sealed)
        with zipfile.ZipFile(sealed) as archive:
            self.assertIsNone(archive.testzip())
            self.assertIn("manifest.note", archive.namelist())
            listed = dict(line.split("  ")[::2][::-1] for line in archive.read("parts.sha256").decode().splitlines())
            self.assertEqual(set(listed) | {"parts.sha256", "manifest.note"}, set(archive.namelist()))
        for name, text in before.items():
            self.assertEqual(self.ctl("report", sealed, "--format", name).replace(b"a.cordonz", b"a.cordon"), text)
        for name in ("html", "pdf", "timesketch", "timesketch-csv", "custody"):
            self.assertTrue(self.ctl("report", sealed, "--format", name))

    def test_wrong_wishes_are_told(self):
        self.ctl("report", self.case, "--format", "docx", status=64)
        self.ctl("report", self.case, "--format", "stix", "--incident", "INC-0099", status=1)


if __name__ == "__main__":
    unittest.main()
