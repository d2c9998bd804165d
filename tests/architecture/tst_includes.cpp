#include "tests/architecture/include_rules.h"

#include <QTest>

using namespace cordon::tests;

/// The rows of the CMake files are the include graph, and nothing in the sources leaves it.
class TestIncludes : public QObject
{
    Q_OBJECT

private:
    IncludeRules m_rules;

private slots:
    void initTestCase()
    {
        const std::filesystem::path project(CORDON_SOURCE_DIR);
        for (const char* folder : {"core", "ui"})
            m_rules.addRows(folder, textOf(project / folder / "CMakeLists.txt"));
        QVERIFY(m_rules.roomCount() >= 26);
    }

    void everyIncludeKeepsToItsRoomsRow()
    {
        std::string all;
        for (const SourceFile& file : sourcesBelow(CORDON_SOURCE_DIR, {"core", "ui", "app"})) {
            for (const std::string& problem : m_rules.problemsOf(file))
                all += problem + '\n';
        }
        QVERIFY2(all.empty(), all.c_str());
    }

    void breaksOfTheRulesAreFound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("own room") << "core/plan/x.cpp"
                                  << "#include \"core/plan/planner.h\"" << true;
        QTest::newRow("room of the row") << "core/plan/x.cpp"
                                         << "#include \"core/domain/plan.h\"" << true;
        QTest::newRow("room outside the row") << "core/plan/x.cpp"
                                              << "#include \"core/govern/gate.h\"" << false;
        QTest::newRow("indented directive") << "core/plan/x.cpp"
                                            << "  #  include \"core/act/connector.h\"" << false;
        QTest::newRow("the other way round") << "core/domain/x.h"
                                             << "#include \"core/engine/engine.h\"" << false;
        QTest::newRow("core into ui") << "core/engine/x.cpp"
                                      << "#include \"ui/text/texts.h\"" << false;
        QTest::newRow("Qt in core") << "core/words/x.cpp"
                                    << "#include <QString>" << false;
        QTest::newRow("Qt module in core") << "core/words/x.cpp"
                                           << "#include <QtCore/QString>" << false;
        QTest::newRow("Qt in ui") << "ui/text/x.cpp"
                                  << "#include <QString>" << true;
        QTest::newRow("OpenSSL at home") << "core/crypto/x.cpp"
                                         << "#include <openssl/evp.h>" << true;
        QTest::newRow("OpenSSL elsewhere") << "core/govern/x.cpp"
                                           << "#include <openssl/evp.h>" << false;
        QTest::newRow("SQLite elsewhere") << "core/record/x.cpp"
                                          << "#include <sqlite3.h>" << false;
        QTest::newRow("JSON library elsewhere") << "core/engine/x.cpp"
                                                << "#include <nlohmann/json.hpp>" << false;
        QTest::newRow("log library elsewhere") << "core/engine/x.cpp"
                                               << "#include <spdlog/spdlog.h>" << false;
        QTest::newRow("not from the root") << "core/plan/x.cpp"
                                           << "#include \"planner.h\"" << false;
        QTest::newRow("upwards") << "core/plan/x.cpp"
                                 << "#include \"../domain/plan.h\"" << false;
        QTest::newRow("a folder without a row") << "core/magic/x.cpp"
                                                << "#include <string>" << false;
        QTest::newRow("room into app") << "core/engine/x.cpp"
                                       << "#include \"app/ctl/ctl.h\"" << false;
        QTest::newRow("engine from a view") << "ui/views/x.cpp"
                                            << "#include \"core/engine/engine.h\"" << false;
        QTest::newRow("ui in cordonctl") << "app/ctl/x.cpp"
                                         << "#include \"ui/text/texts.h\"" << false;
        QTest::newRow("standard library") << "core/plan/x.cpp"
                                          << "#include <vector>" << true;
    }

    void breaksOfTheRulesAreFound()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(bool, isAllowed);
        const auto problems = m_rules.problemsOf({path.toStdString(), {"#pragma once", line.toStdString()}});
        QCOMPARE(problems.empty(), isAllowed);
        if (!isAllowed)
            QVERIFY(QString::fromStdString(problems.front()).startsWith(path + ":2: "));
    }
};

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_includes.moc"
