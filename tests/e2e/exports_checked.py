#!/usr/bin/env python3
"""Exports against what their specifications ask for (export_facts.py), and read by programs that know nothing of Cordon where they are
installed: qpdf and pdftotext, python3-rdflib.

    exports_checked.py FOLDER-OF-CORDONCTL"""

import copy
import csv
import datetime
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import export_facts as facts

try:
    import rdflib
except ImportError:
    rdflib = None

PROGRAMS = sys.argv.pop(1) if len(sys.argv) > 1 else "."
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


class Checked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="cordon-exports-")
        cls.case = os.path.join(cls.folder.name, "a.cordon")
        cls.home = os.path.join(cls.folder.name, "home")
        cls.ctl("run", "--case", cls.case, "--replay", "--exercise", "service-account")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def ctl(cls, *arguments, status=0):
        environment = dict(os.environ, CORDON_HOME=cls.home, CORDON_RESOURCES=os.path.join(SOURCE, "resources"))
        done = subprocess.run([os.path.join(PROGRAMS, "cordonctl"), *arguments], capture_output=True, env=environment, check=False)
        assert done.returncode == status, (arguments, done.returncode, done.stderr.decode())
        return done.stdout

    def ocsf(self, version):
        return [json.loads(line) for line in self.ctl("report", self.case, "--format", "ocsf", "--ocsf-version", version).splitlines()]

    def test_ocsf_classes_have_what_each_version_asks_for_and_nothing_else(self):
        for version in ("1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0"):
            rows = self.ocsf(version)
            self.assertEqual({row["class_uid"] for row in rows}, {one for one, since in facts.OCSF_SINCE.items() if since <= version})
            for row in rows:
                self.assertEqual(facts.OCSF[row["class_uid"]].problems(row), [], version)
                self.assertEqual(row["type_uid"], row["class_uid"] * 100 + row["activity_id"])
                self.assertEqual(row["category_uid"], row["class_uid"] // 1000)
                self.assertEqual(row["metadata"]["version"], version)

    def test_the_ocsf_check_can_say_no(self):
        finding = next(row for row in self.ocsf("1.4.0") if row["class_uid"] == 2004)
        for change in ({"severity_id": 7}, {"finding_info": {"uid": "x"}}, {"time": "2026-11-21T00:00:00Z"}, {"evidences": [{}]}, {"colour": "red"}):
            self.assertTrue(facts.OCSF[2004].problems(dict(copy.deepcopy(finding), **change)), change)
        incident = next(row for row in self.ocsf("1.4.0") if row["class_uid"] == 2005)
        incident.pop("assignee", None)
        incident.pop("assignee_group", None)
        self.assertTrue(facts.OCSF[2005].problems(incident))

    def test_stix_objects_have_what_their_types_ask_for_and_nothing_else(self):
        bundle = json.loads(self.ctl("report", self.case, "--format", "stix"))
        self.assertRegex(bundle["id"], "^bundle--%s$" % facts.UUID4)
        kinds = {one["type"] for one in bundle["objects"]}
        self.assertTrue({"incident", "report", "attack-pattern", "observed-data", "indicator", "course-of-action", "note"} <= kinds, kinds)
        for one in bundle["objects"]:
            self.assertIn(one["type"], facts.STIX)
            self.assertEqual(facts.STIX[one["type"]].problems(one), [])
            if "created" in one:
                self.assertLessEqual(one["created"], one["modified"])
            if one["type"] == "observed-data":
                self.assertLessEqual(one["first_observed"], one["last_observed"])
            if one["type"] == "indicator":
                self.assertRegex(one["pattern"], r"^\[[a-z0-9-]+:[a-z_.']+ = '[^']+'( OR [a-z0-9-]+:[a-z_.']+ = '[^']+')*\]$")
        broken = dict(next(one for one in bundle["objects"] if one["type"] == "note"), authors="x", object_refs=[])
        self.assertEqual(len(facts.STIX["note"].problems(broken)), 2)  # the check can say no

    def test_custody_is_the_graph_that_case_and_uco_describe(self):
        if rdflib is None:
            self.skipTest("python3-rdflib is not installed: the JSON-LD is not read as a graph")
        graph = rdflib.Graph()
        graph.parse(data=self.ctl("report", self.case, "--format", "custody").decode(), format="json-ld")
        kind = {str(subject): str(what) for subject, what in graph.subject_objects(rdflib.RDF.type)}
        self.assertEqual(set(kind.values()) - facts.CASE_CLASSES, set())
        for subject, name, value in graph:
            if str(name) == facts.RDF_TYPE:
                continue
            self.assertIn(str(name), facts.CASE_PROPERTIES)
            of, to = (one if isinstance(one, (set, type(None))) else {one} for one in facts.CASE_PROPERTIES[str(name)])
            if of:
                self.assertIn(kind[str(subject)], of, name)
            told = str(value.datatype or "http://www.w3.org/2001/XMLSchema#string") if isinstance(value, rdflib.Literal) else kind[str(value)]
            self.assertIn(told, to, name)
        sealed = sum(what.endswith("InvestigativeAction") for what in kind.values())
        self.assertEqual(sealed, sum(what.endswith("ProvenanceRecord") for what in kind.values()))
        self.assertGreater(sealed, 2)

    def timesketch_problems(self, row):
        """What Timesketch's guide asks of a row, and what it makes of it. Source: Timesketch, "Import from JSON or CSV" """
        found = ["no " + name for name in ("message", "datetime", "timestamp_desc") if not row.get(name)]
        try:
            told = datetime.datetime.fromisoformat(row.get("datetime") or "")
        except ValueError:
            return found + ["datetime is not of ISO 8601: %s" % row.get("datetime")]
        if told.tzinfo is None:
            found.append("datetime without a zone")
        elif (told - EPOCH) // datetime.timedelta(microseconds=1) != int(row.get("timestamp") or 0):
            found.append("timestamp is not the microseconds of datetime")
        found += ["%s is no plain value" % name for name, value in row.items() if not isinstance(value, (str, int))]
        return found + ["%s is not a name that can be searched" % name for name in row if not re.match("^[a-z][a-z0-9_]*$", name or "")]

    def test_timesketch_reads_csv_and_lines_as_its_guide_asks(self):
        text = self.ctl("report", self.case, "--format", "timesketch-csv").decode()
        path = os.path.join(self.folder.name, "a.jsonl")
        self.ctl("report", self.case, "--format", "timesketch", "--out", path)
        table = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        with open(path, encoding="utf-8") as stream:
            lines = [json.loads(line) for line in stream]
        self.assertEqual(len(table), len(lines))
        self.assertGreater(len({row["record_kind"] for row in lines}), 2)
        for row, line in zip(table, lines):
            self.assertNotIn(None, row)  # no more cells than the header names
            self.assertEqual(self.timesketch_problems(row) + self.timesketch_problems(line), [])
            self.assertEqual((row["datetime"], row["timestamp"], row["record_kind"]), (line["datetime"], str(line["timestamp"]), line["record_kind"]))
        for change in ({"message": ""}, {"datetime": "21.11.2026"}, {"datetime": "2026-11-21T12:00:00"}, {"timestamp": "1"}, {"targets": ["a"]}):
            self.assertTrue(self.timesketch_problems(dict(table[0], **change)), change)  # the check can say no

    def test_pdf_is_read_by_other_programs(self):
        path = os.path.join(self.folder.name, "a.pdf")
        self.ctl("report", self.case, "--format", "pdf", "--out", path)
        if not shutil.which("qpdf") or not shutil.which("pdftotext"):
            self.skipTest("qpdf and poppler-utils are not installed: the PDF is read by our own reader alone")
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
        for words in ("EXERCISE", "All times are UTC", "INC-0003", "Custody", "RESULT      OK"):
            self.assertIn(re.sub(" +", " ", words), re.sub(" +", " ", shown))

    def test_a_proof_of_an_entry_holds_for_the_second_verifier(self):
        path = os.path.join(self.folder.name, "one.tlog-proof")
        with open(path, "wb") as stream:
            stream.write(self.ctl("export", self.case, "--proof", "25"))
        pinned = os.path.join(self.home, "pinned")
        with open(os.path.join(pinned, next(one for one in os.listdir(pinned) if one.endswith(".pub"))), encoding="ascii") as stream:
            key = stream.read().strip()
        reader = [sys.executable, os.path.join(SOURCE, "tools", "verify_ledger.py"), "--proof", path, "--key"]
        self.assertEqual(subprocess.run(reader + [key], capture_output=True, check=False).returncode, 0)
        self.assertNotEqual(subprocess.run(reader + ["ed25519:" + "A" * 43 + "="], capture_output=True, check=False).returncode, 0)
        with open(path, "rb") as stream:
            raw = bytearray(stream.read())
        raw[raw.index(b"extra ") + 40] ^= 1
        with open(path, "wb") as stream:
            stream.write(raw)
        self.assertNotEqual(subprocess.run(reader + [key], capture_output=True, check=False).returncode, 0)


if __name__ == "__main__":
    unittest.main()
