#include "tests/architecture/source_tree.h"

#include <QTest>
#include <regex>
#include <set>

using namespace cordon::tests;

/// The Agent screen names kinds of ledger entries as evidence for controls: each is one that Cordon writes.
class TestControlEvidence : public QObject
{
    Q_OBJECT

private:
    static std::set<std::string> namedKinds()
    {
        std::set<std::string> kinds;
        const std::string table = textOf(CORDON_SOURCE_DIR "/core/engine/control_frameworks.cpp");
        // After the code of the sentence, each row lists its kinds in braces of their own.
        const std::regex row("\"control\\.[a-z0-9]+\",\\s*\\{([^}]*)\\}");
        const std::regex kind("\"([^\"]+)\"");
        for (std::sregex_iterator at(table.begin(), table.end(), row), end; at != end; ++at) {
            const std::string list = (*at)[1];
            for (std::sregex_iterator one(list.begin(), list.end(), kind); one != end; ++one)
                kinds.insert((*one)[1]);
        }
        return kinds;
    }

    /// Lines that hand a text to something that writes entries, or that name a deciding clause or a missing condition.
    static std::string writingLines()
    {
        const std::regex writes("raft\\(|\\btype = |writeDesk\\(|\\btell\\(|\\.deny\\(|\\.hold\\(");
        std::string lines;
        for (const SourceFile& file : sourcesBelow(CORDON_SOURCE_DIR, {"core/engine", "core/govern", "core/record"})) {
            for (const std::string& line : file.lines)
                lines += std::regex_search(line, writes) ? line + "\n" : "";
        }
        return lines;
    }

private slots:
    void everyEntryThatAControlNamesIsWrittenSomewhere()
    {
        const std::set<std::string> kinds = namedKinds();
        QVERIFY(kinds.size() > 15);
        QVERIFY(kinds.count("halt.drill") == 1);
        const std::string lines = writingLines();
        const std::string outcomes = textOf(CORDON_SOURCE_DIR "/core/domain/outcome.cpp");
        for (const std::string& kind : kinds) {
            std::string wanted = "\"" + kind + "\"";
            if (kind.rfind("outcome.", 0) == 0) {
                wanted = "raft(\"outcome.\" + std::string(toString(outcome.state))";
                QVERIFY2(outcomes.find("\"" + kind.substr(8) + "\"") != std::string::npos, ("no outcome is " + kind).c_str());
            }
            if (kind == "decision:limit")
                wanted = "\"limit:\" + ";
            else if (kind.rfind("decision:", 0) == 0)
                wanted = ".deny(\"" + kind.substr(9) + "\"";
            QVERIFY2(lines.find(wanted) != std::string::npos, ("nothing writes " + kind).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestControlEvidence)
#include "tst_control_evidence.moc"
