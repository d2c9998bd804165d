#include "app/bench/recorded_attacks.h"
#include "core/correlate/incident_builder.h"
#include "core/engine/alert_folder.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::bench;
namespace fs = std::filesystem;

namespace {

const fs::path data = CORDON_SHARED_DATA;

std::vector<Incident> incidentsOf(const RecordedAttack& attack, const std::map<std::string, RuleInfo>& rules)
{
    correlate::IncidentBuilder builder;
    for (const Event& event : attack.events)
        builder.observe(event);
    engine::AlertFolder folder;
    std::vector<Alert> alerts = folder.add(attack.hits, rules);
    std::stable_sort(alerts.begin(), alerts.end(), [](const Alert& a, const Alert& b) { return a.last < b.last; });
    for (const Alert& alert : alerts)
        builder.add(alert);
    return builder.incidents();
}

const IncidentMember* memberWith(const Incident& incident, const std::string& id)
{
    const auto place = std::find_if(incident.members.begin(), incident.members.end(),
                                    [&id](const IncidentMember& member) { return member.entity.id == id; });
    return place == incident.members.end() ? nullptr : &*place;
}

} // namespace

/// The attacks of the shared recordings, each by itself and one recording as a whole. Names of the recordings stand
/// here and in its list of cases alone; nothing in the program knows them.
class TestRecordedIncidents : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyRecordedAttackIsOneIncident();
    void theIncidentHoldsTheKeyEvents();
    void theIncidentNamesPrincipalCredentialAndTarget();
    void whoeverActedWithWhateverOnWhateverIsNamedInEverySource();
    void aWholeRecordingIsOneIncidentOfWhoDidItAndNobodyElse();
    void aStolenKeyOfARoleSessionIsToldFromTheOther();

private:
    [[nodiscard]] const Value& caseOf(const std::string& id) const;

    Value m_cases;
    RecordedAttacks m_all;
};

void TestRecordedIncidents::initTestCase()
{
    if (!fs::exists(data / "cases.json"))
        QSKIP("the shared data is not here");
    const auto text = platform::readFile(data / "cases.json");
    m_cases = json::parse(*text).value_or(Value())["cases"];
    auto all = readRecordedAttacks(data, CORDON_SOURCE_DIR "/resources");
    QVERIFY2(all, all ? "" : all.error().detail.c_str());
    m_all = std::move(*all);
}

const Value& TestRecordedIncidents::caseOf(const std::string& id) const
{
    const Value::Array& cases = m_cases.asArray();
    return *std::find_if(cases.begin(), cases.end(),
                         [&id](const Value& one) { return one["case_id"].asString() == id; });
}

void TestRecordedIncidents::everyRecordedAttackIsOneIncident()
{
    QVERIFY(m_all.attacks.size() >= 190);
    QVERIFY(m_all.silent.empty());
    std::size_t whole = 0;
    for (const RecordedAttack& attack : m_all.attacks) {
        const std::size_t incidents = incidentsOf(attack, m_all.rules).size();
        whole += incidents == 1 ? 1 : 0;
        if (incidents != 1)
            qInfo("%s: %d incidents", attack.id.c_str(), static_cast<int>(incidents));
    }
    QCOMPARE(whole, m_all.attacks.size());
}

/// What the list of cases says the attack was: by id where it tells ids, else any event of the recording.
void TestRecordedIncidents::theIncidentHoldsTheKeyEvents()
{
    std::size_t told = 0;
    for (const RecordedAttack& attack : m_all.attacks) {
        std::set<std::string> keys;
        for (const Value& affected : caseOf(attack.id)["affected"].asArray()) {
            if (const std::string& id = affected["eventID"].asString(); !id.empty())
                keys.insert(id);
        }
        if (keys.empty())
            continue;
        ++told;
        std::map<EventId, std::string> idOf;
        std::set<std::string> actions; // the list of ids is cut short: other events of the same calls count, too
        for (const Event& event : attack.events) {
            idOf[event.id] = event.externalId;
            if (keys.contains(event.externalId))
                actions.insert(event.action);
        }
        engine::AlertFolder folder;
        bool isHeld = false;
        for (const Alert& alert : folder.add(attack.hits, m_all.rules)) {
            for (const EventId event : alert.events)
                isHeld = isHeld || keys.contains(idOf[event]) || actions.contains(attack.events[static_cast<std::size_t>(event.value) - 1].action);
        }
        QVERIFY2(isHeld, attack.id.c_str());
    }
    QVERIFY2(told >= 30, qPrintable(QString::number(told)));
}

/// Whatever source the record is from: what its events say of who, with what and on what is in the one incident.
void TestRecordedIncidents::whoeverActedWithWhateverOnWhateverIsNamedInEverySource()
{
    std::map<std::string, int> sources;
    for (const RecordedAttack& attack : m_all.attacks) {
        const Incident incident = incidentsOf(attack, m_all.rules).front();
        const Event& key = attack.hits.front().events.front();
        const std::string source = caseOf(attack.id)["source"].asString();
        if (key.actor)
            QVERIFY2(incident.member(*key.actor), (attack.id + ": " + key.actor->key()).c_str());
        if (key.via)
            QVERIFY2(incident.member(*key.via), (attack.id + ": " + key.via->key()).c_str());
        for (const EventTarget& target : key.targets)
            QVERIFY2(incident.member(target.entity), (attack.id + ": " + target.entity.key()).c_str());
        if (key.actor || !key.targets.empty())
            ++sources[source];
    }
    for (const auto& [source, cases] : sources)
        qInfo("%s: %d", source.c_str(), cases);
    QVERIFY(sources.size() >= 4);
}

void TestRecordedIncidents::theIncidentNamesPrincipalCredentialAndTarget()
{
    for (const RecordedAttack& attack : m_all.attacks) {
        const std::vector<Incident> incidents = incidentsOf(attack, m_all.rules);
        const Incident& incident = incidents.front();
        QVERIFY2(!incident.members.empty(), attack.id.c_str());
        const Value& truth = caseOf(attack.id);
        if (truth["source"].asString() != "aws-cloudtrail")
            continue;
        const Value& first =
            truth["initial_identity"].isNull() ? truth["actors"].asArray().front() : truth["initial_identity"];
        const std::string& key = first["accessKeyId"].asString();
        QVERIFY2(key.empty() || memberWith(incident, key), (attack.id + " without " + key).c_str());
        const std::string& arn = first["arn"].asString();
        QVERIFY2(first["type"].asString() != "IAMUser" || memberWith(incident, arn),
                 (attack.id + " without " + arn).c_str());
        const bool hasTarget =
            std::any_of(incident.members.begin(), incident.members.end(), [&](const IncidentMember& m) {
                return m.entity.id != key && m.entity.id != arn && m.entity.kind != EntityKind::Address;
            });
        const bool namesTargets = std::any_of(attack.hits.begin(), attack.hits.end(), [](const engine::RuleHit& hit) {
            return !hit.events.front().targets.empty(); // a sign-in has none
        });
        QVERIFY2(hasTarget || !namesTargets, attack.id.c_str());
    }
}

void TestRecordedIncidents::aWholeRecordingIsOneIncidentOfWhoDidItAndNobodyElse()
{
    for (const RecordedAttack& recording : m_all.recordings) {
        const std::string& doer = caseOf(recording.id)["actors"].asArray().front()["arn"].asString();
        std::size_t ofDoer = 0;
        for (const Incident& incident : incidentsOf(recording, m_all.rules)) {
            const IncidentMember* root = memberWith(incident, doer);
            if (!root || !root->isMisused)
                continue;
            ++ofDoer;
            QVERIFY(root->role == EntityRole::Attacker);
            for (const IncidentMember& member : incident.members) {
                const bool isPerson =
                    member.entity.kind == EntityKind::Account && member.entity.id.find(":user/") != std::string::npos;
                QVERIFY2(!isPerson || member.entity.id == doer || !member.isMisused, member.entity.id.c_str());
            }
        }
        QCOMPARE(ofDoer, std::size_t{1});
    }
}

void TestRecordedIncidents::aStolenKeyOfARoleSessionIsToldFromTheOther()
{
    const Value& truth = caseOf("ct-invictus-stolen-instance-key-used");
    const std::string& stolen = truth["actors"].asArray().front()["accessKeyId"].asString();
    const std::string& session = truth["actors"].asArray().front()["arn"].asString();
    const std::string& contrast = truth["contrast"].asString();
    const std::string own = contrast.substr(contrast.find("ASIA"), stolen.size());
    QVERIFY(own != stolen);
    for (const RecordedAttack& recording : m_all.recordings) {
        std::size_t holding = 0;
        for (const Incident& incident : incidentsOf(recording, m_all.rules)) {
            const IncidentMember* key = memberWith(incident, stolen);
            if (!key)
                continue;
            ++holding;
            QVERIFY(key->isMisused);
            QVERIFY(memberWith(incident, session));
            const IncidentMember* other = memberWith(incident, own);
            QVERIFY(!other || !other->isMisused);
        }
        QCOMPARE(holding, std::size_t{1});
    }
}

QTEST_GUILESS_MAIN(TestRecordedIncidents)
#include "tst_recorded_incidents.moc"
