#include "core/plan/cacao_parser.h"
#include "core/plan/playbook_library.h"
#include "core/value/json.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <regex>
#include <set>

using namespace cordon;

/// What docs/formats/playbook.md and the CACAO 2.0 schema demand of the playbooks in resources/playbooks.
class TestShippedPlaybooks : public QObject
{
    Q_OBJECT

private:
    const std::filesystem::path m_folder = std::filesystem::path(CORDON_SOURCE_DIR) / "resources" / "playbooks";
    const plan::PlaybookLibrary m_library = plan::PlaybookLibrary::load(m_folder);

    Value fileOf(const plan::Playbook& playbook) const
    {
        QFile file(QString::fromStdString(playbook.file));
        return file.open(QIODevice::ReadOnly) ? *json::parse(file.readAll().toStdString()) : Value();
    }

    static bool isIdentifier(const std::string& text)
    {
        static const std::regex pattern(
            "[a-z][a-z0-9-]+[a-z0-9]--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        return std::regex_match(text, pattern);
    }

private slots:
    void everyOneLoads()
    {
        for (const Error& refused : m_library.refused)
            qWarning("%s", refused.detail.c_str());
        QVERIFY(m_library.refused.empty());
        QVERIFY(m_library.playbooks.size() >= 4);
    }

    void theyKeepToTheSchema()
    {
        static const std::regex toTheMillisecond("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
        std::set<std::string> uuids; // the UUID part is unique across all objects of a playbook
        for (const plan::Playbook& playbook : m_library.playbooks) {
            const Value root = fileOf(playbook);
            const char* file = playbook.file.c_str();
            for (const char* key : {"type", "spec_version", "id", "name", "created_by", "created", "modified",
                                    "workflow_start", "workflow"})
                QVERIFY2(root.has(key), key);
            for (const char* key : {"created", "modified"})
                QVERIFY2(std::regex_match(root[key].asString(), toTheMillisecond), file);
            for (const char* key : {"id", "created_by", "workflow_start", "workflow_exception"})
                QVERIFY2(isIdentifier(root[key].asString()), file);
            QVERIFY2(root["workflow"].has(root["workflow_start"].asString()), file);
            QVERIFY2(root["workflow"].has(root["workflow_exception"].asString()), file);
            QVERIFY2(!root["playbook_types"].asArray().empty(), file);
            QVERIFY2(!root["playbook_activities"].asArray().empty(), file); // MUST, once types are given
            QVERIFY2(root["extension_definitions"].has(plan::cordonExtension), file);

            std::set<std::string> kinds;
            for (const auto& [id, step] : root["workflow"].asObject()) {
                const std::string& type = step["type"].asString();
                kinds.insert(type);
                QVERIFY2(isIdentifier(id), id.c_str());
                QCOMPARE(id.substr(0, id.find("--")), type);
                QVERIFY2(uuids.insert(id.substr(id.find("--"))).second, id.c_str());
                const bool hasCompletion = step.has("on_completion");
                const bool hasOutcome = step.has("on_success") || step.has("on_failure");
                QVERIFY2(type == "end" ? !hasCompletion && !hasOutcome : hasCompletion != hasOutcome, id.c_str());
                QVERIFY2(type != "start" || !hasOutcome, id.c_str());
                if (type == "action") {
                    QVERIFY2(root["agent_definitions"].has(step["agent"].asString()), id.c_str());
                    for (const Value& command : step["commands"].asArray())
                        QVERIFY2(!command["command"].asString().empty(), id.c_str());
                }
            }
            QVERIFY(kinds.contains("start") && kinds.contains("action") && kinds.contains("end"));
        }
    }

    void evidenceComesBeforeAnythingChanges()
    {
        for (const plan::Playbook& playbook : m_library.playbooks) {
            std::set<std::string> afterEvidence; ///< snapshots, and steps that wait for one of these
            for (const plan::PlaybookStep& step : playbook.steps) {
                const bool waits = std::any_of(step.after.begin(), step.after.end(), [&](const std::string& before) {
                    return afterEvidence.contains(before);
                });
                if (waits || step.verb == "evidence.snapshot")
                    afterEvidence.insert(step.id);
                if (findVerb(step.verb)->changes)
                    QVERIFY2(waits, (playbook.name + ": " + step.verb + " waits for no evidence").c_str());
            }
        }
    }

    void destructiveStepsOpenAChangeRecordFirst()
    {
        for (const plan::Playbook& playbook : m_library.playbooks) {
            std::string record;
            for (const plan::PlaybookStep& step : playbook.steps) {
                if (step.verb == "change.open")
                    record = step.id;
                if (findVerb(step.verb)->floor < Tier::T3)
                    continue;
                QVERIFY2(!record.empty() && std::find(step.after.begin(), step.after.end(), record) != step.after.end(),
                         (playbook.name + ": " + step.verb + " waits for no change record").c_str());
            }
        }
    }

    void aDeletionWaitsForTheDeactivation()
    {
        for (const plan::Playbook& playbook : m_library.playbooks) {
            std::set<std::string> deactivations;
            for (const plan::PlaybookStep& step : playbook.steps) {
                if (step.verb == "credential.deactivate")
                    deactivations.insert(step.id);
                if (step.verb == "credential.delete")
                    QVERIFY2(std::any_of(step.after.begin(), step.after.end(),
                                         [&](const std::string& id) { return deactivations.contains(id); }),
                             playbook.name.c_str());
            }
        }
    }

    void aMissingFolderAndABrokenFileAreToldAndTheRestLoads()
    {
        QTemporaryDir folder;
        QCOMPARE(plan::PlaybookLibrary::load(folder.filePath("none").toStdString()).refused.size(), std::size_t(1));
        QVERIFY(QFile::copy(QString::fromStdString(m_library.playbooks.front().file), folder.filePath("good.json")));
        QFile broken(folder.filePath("broken.json"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{");
        broken.close();
        const auto library = plan::PlaybookLibrary::load(folder.path().toStdString());
        QCOMPARE(library.playbooks.size(), std::size_t(1));
        QCOMPARE(library.refused.size(), std::size_t(1));
        QVERIFY(library.refused.front().detail.find("broken.json") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestShippedPlaybooks)
#include "tst_shipped_playbooks.moc"
