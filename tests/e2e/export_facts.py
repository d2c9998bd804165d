"""What published specifications ask of the objects that Cordon exports, as data: names, whether they are required, types, values.
Written down from OCSF 1.1 to 1.6 (schema.ocsf.io), STIX 2.1 (OASIS), CASE 1.x and UCO 1.x (ontologies), each as far as Cordon uses it."""

import re

UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
STIX_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


def text(value):
    return isinstance(value, str) and value != ""


def whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def millis(value):
    return whole(value) and 1_000_000_000_000 < value < 4_000_000_000_000


def one_of(*values):
    return lambda value: value in values and not isinstance(value, bool)


def listed(check):
    return lambda value: isinstance(value, list) and len(value) > 0 and all(check(one) for one in value)


def maybe_listed(check):
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def anything(value):
    return isinstance(value, dict)


class Shape:
    """An object whose members are known: name -> (required, check). `one` names members of which at least one must be there."""

    def __init__(self, required, optional=None, one=()):
        self.required, self.optional, self.one = required, optional or {}, one

    def problems(self, value, place="$"):
        if not isinstance(value, dict):
            return [place + " is no object"]
        found = ["%s lacks %s" % (place, name) for name in self.required if name not in value]
        if self.one and not any(name in value for name in self.one):
            found.append("%s has none of %s" % (place, ", ".join(self.one)))
        for name, member in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None:
                found.append("%s has %s, which is not known" % (place, name))
            elif isinstance(check, Shape):
                found += check.problems(member, place + "." + name)
            elif isinstance(check, list):
                if not isinstance(member, list):
                    found.append("%s.%s is no list" % (place, name))
                else:
                    found += [p for i, one in enumerate(member) for p in check[0].problems(one, "%s.%s[%d]" % (place, name, i))]
            elif not check(member):
                found.append("%s.%s is %r" % (place, name, member))
        return found


# OCSF -----------------------------------------------------------------------------------------------------------------
UID_NAME = Shape({}, {"uid": text, "name": text, "src_url": text}, one=("uid", "name"))
ATTACK = Shape({}, {"technique": UID_NAME, "sub_technique": UID_NAME, "tactic": UID_NAME, "tactics": [UID_NAME], "version": text},
               one=("tactic", "tactics", "technique", "sub_technique"))
OBSERVABLE = Shape({"name": text, "type_id": one_of(*range(0, 48), 99)}, {"value": text, "type": text})
METADATA = Shape({"product": Shape({"vendor_name": text}, {"name": text, "version": text, "uid": text}), "version": text},
                 {"uid": text, "labels": listed(text), "profiles": listed(text), "log_name": text, "original_time": text})
ANALYTIC = Shape({"type_id": one_of(0, 1, 2, 3, 4, 99)}, {"name": text, "uid": text, "desc": text, "version": text}, one=("name", "uid"))
FINDING_INFO = Shape({"uid": text, "title": text},
                     {"desc": text, "analytic": ANALYTIC, "attacks": [ATTACK], "first_seen_time": millis, "last_seen_time": millis,
                      "created_time": millis, "types": listed(text), "src_url": text, "product_uid": text, "data_sources": listed(text)})
EVIDENCE = Shape({}, {"data": anything, "actor": anything, "api": anything, "src_endpoint": anything, "user": anything},
                 one=("data", "actor", "api", "src_endpoint", "user"))
D3FEND = Shape({}, {"d3f_technique": UID_NAME, "d3f_tactic": UID_NAME, "version": text}, one=("d3f_technique", "d3f_tactic"))
USER = Shape({}, {"uid": text, "name": text, "type_id": one_of(0, 1, 2, 3, 99), "email_addr": text}, one=("uid", "name"))
BASE = {"metadata": METADATA, "severity_id": one_of(0, 1, 2, 3, 4, 5, 6, 99), "time": millis, "class_uid": whole, "category_uid": whole, "type_uid": whole}
BASE_MORE = {"message": text, "observables": [OBSERVABLE], "unmapped": anything, "status_detail": text, "raw_data": text, "count": whole,
             "start_time": millis, "end_time": millis, "timezone_offset": whole, "status": text, "severity": text}
LIFE = one_of(1, 2, 3)  # create, update, close
OCSF = {
    2004: Shape(dict(BASE, activity_id=LIFE, finding_info=FINDING_INFO),
                dict(BASE_MORE, evidences=[EVIDENCE], status_id=one_of(0, 1, 2, 3, 4, 5, 99), confidence_id=one_of(0, 1, 2, 3, 99),
                     resources=listed(anything), comment=text)),
    2005: Shape(dict(BASE, activity_id=LIFE, finding_info_list=[FINDING_INFO], status_id=one_of(0, 1, 2, 3, 4, 5, 99)),
                dict(BASE_MORE, desc=text, attacks=[ATTACK], assignee=USER, assignee_group=UID_NAME, src_url=text, comment=text),
                one=("assignee", "assignee_group")),
    7001: Shape(dict(BASE, activity_id=one_of(0, 1, 2, 3, 4, 99), command_uid=text),
                dict(BASE_MORE, countermeasures=[D3FEND], status_id=one_of(0, 1, 2, 3, 4, 5, 6, 99))),
}
OCSF_SINCE = {2004: "1.1.0", 2005: "1.1.0", 7001: "1.3.0"}


# STIX 2.1 -------------------------------------------------------------------------------------------------------------
def stix_id(*kinds):
    return lambda value: isinstance(value, str) and bool(re.match("^(%s)--%s$" % ("|".join(kinds) or "[a-z][a-z0-9-]+", UUID4), value))


def stix_time(value):
    return isinstance(value, str) and bool(STIX_TIME.match(value))


REFERENCE = Shape({"source_name": text}, {"description": text, "url": text, "external_id": text, "hashes": anything},
                  one=("description", "url", "external_id"))
_COMMON = {"type": text, "spec_version": one_of("2.1")}
_OBJECT = dict(_COMMON, created=stix_time, modified=stix_time)
_MORE = {"created_by_ref": stix_id("identity"), "labels": listed(text), "object_marking_refs": listed(stix_id("marking-definition")),
         "external_references": [REFERENCE], "confidence": lambda value: whole(value) and 0 <= value <= 100, "lang": text, "revoked": lambda v: isinstance(v, bool)}
_SIGHTED = {"first_observed": stix_time, "last_observed": stix_time, "number_observed": lambda value: whole(value) and 1 <= value <= 999999999}
INDICATOR_TYPES = ("anomalous-activity", "anonymization", "benign", "compromised", "malicious-activity", "attribution", "unknown")
REPORT_TYPES = ("attack-pattern", "campaign", "identity", "indicator", "intrusion-set", "malware", "observed-data", "threat-actor",
                "threat-report", "tool", "vulnerability")
IDENTITY_CLASSES = ("individual", "group", "system", "organization", "class", "unknown")


def _stix(kind, required, optional=None, base=None):
    return Shape(dict(base or _OBJECT, id=stix_id(kind), **required), dict(_MORE, **(optional or {})))


STIX = {
    "identity": _stix("identity", {"name": text}, {"identity_class": one_of(*IDENTITY_CLASSES), "description": text, "roles": listed(text), "sectors": listed(text)}),
    "incident": _stix("incident", {"name": text}, {"description": text}),
    "attack-pattern": _stix("attack-pattern", {"name": text}, {"description": text, "aliases": listed(text), "kill_chain_phases": listed(anything)}),
    "course-of-action": _stix("course-of-action", {"name": text}, {"description": text}),
    "relationship": _stix("relationship", {"relationship_type": lambda v: isinstance(v, str) and bool(re.match("^[a-z0-9-]+$", v)),
                                           "source_ref": stix_id(), "target_ref": stix_id()}, {"description": text, "start_time": stix_time, "stop_time": stix_time}),
    "observed-data": _stix("observed-data", dict(_SIGHTED, object_refs=listed(stix_id()))),
    "indicator": _stix("indicator", {"pattern": text, "pattern_type": one_of("stix", "pcre", "sigma", "snort", "suricata", "yara"), "valid_from": stix_time},
                       {"name": text, "description": text, "indicator_types": listed(one_of(*INDICATOR_TYPES)), "valid_until": stix_time}),
    "note": _stix("note", {"content": text, "object_refs": listed(stix_id())}, {"abstract": text, "authors": listed(text)}),
    "report": _stix("report", {"name": text, "published": stix_time, "object_refs": listed(stix_id())},
                    {"description": text, "report_types": listed(one_of(*REPORT_TYPES))}),
    "user-account": _stix("user-account", {}, {"user_id": text, "account_login": text, "account_type": text, "display_name": text}, _COMMON),
    "ipv4-addr": _stix("ipv4-addr", {"value": text}, {}, _COMMON),
    "ipv6-addr": _stix("ipv6-addr", {"value": text}, {}, _COMMON),
    "domain-name": _stix("domain-name", {"value": text}, {}, _COMMON),
    "url": _stix("url", {"value": text}, {}, _COMMON),
    "file": _stix("file", {}, {"name": text, "hashes": anything, "size": whole}, _COMMON),
}

# CASE and UCO: classes and properties by their full names ------------------------------------------------------------------
_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_CASE = "https://ontology.caseontology.org/case/investigation/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
CASE_CLASSES = {_CASE + "Investigation", _CASE + "InvestigativeAction", _CASE + "ProvenanceRecord", _UCO + "observable/ObservableObject",
                _UCO + "observable/FileFacet", _UCO + "observable/ContentDataFacet", _UCO + "types/Hash", _UCO + "identity/Identity", _UCO + "tool/Tool"}
#: property -> (class of its subject or None for any, class or datatype of its object)
CASE_PROPERTIES = {
    _UCO + "core/name": (None, _XSD + "string"),
    _UCO + "core/description": (None, _XSD + "string"),
    _UCO + "core/object": (_CASE + "ProvenanceRecord", _UCO + "observable/ObservableObject"),
    _UCO + "core/objectCreatedTime": (None, _XSD + "dateTime"),
    _UCO + "core/hasFacet": (_UCO + "observable/ObservableObject", {_UCO + "observable/FileFacet", _UCO + "observable/ContentDataFacet"}),
    _UCO + "observable/fileName": (_UCO + "observable/FileFacet", _XSD + "string"),
    _UCO + "observable/filePath": (_UCO + "observable/FileFacet", _XSD + "string"),
    _UCO + "observable/sizeInBytes": ({_UCO + "observable/FileFacet", _UCO + "observable/ContentDataFacet"}, _XSD + "integer"),
    _UCO + "observable/hash": (_UCO + "observable/ContentDataFacet", _UCO + "types/Hash"),
    _UCO + "types/hashMethod": (_UCO + "types/Hash", _UCO + "vocabulary/HashNameVocab"),
    _UCO + "types/hashValue": (_UCO + "types/Hash", _XSD + "hexBinary"),
    _CASE + "exhibitNumber": (_CASE + "ProvenanceRecord", _XSD + "string"),
    _UCO + "action/performer": (_CASE + "InvestigativeAction", {_UCO + "identity/Identity", _UCO + "tool/Tool"}),
    _UCO + "action/instrument": (_CASE + "InvestigativeAction", _UCO + "tool/Tool"),
    _UCO + "action/result": (_CASE + "InvestigativeAction", {_UCO + "observable/ObservableObject", _CASE + "ProvenanceRecord"}),
    _UCO + "action/startTime": (_CASE + "InvestigativeAction", _XSD + "dateTime"),
    _UCO + "action/endTime": (_CASE + "InvestigativeAction", _XSD + "dateTime"),
}
