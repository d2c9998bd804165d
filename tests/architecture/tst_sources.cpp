#include "core/engine/version.h"
#include "tests/architecture/source_tree.h"

#include <QTest>
#include <regex>
#include <set>

using namespace cordon::tests;

/// Rules about whole files that no compiler keeps.
class TestSources : public QObject
{
    Q_OBJECT

private:
    std::vector<SourceFile> m_sources = sourcesBelow(CORDON_SOURCE_DIR, {"core", "ui", "app"});

    /// Places where `pattern` stands in code, but for the files named.
    QByteArray placesOf(const std::regex& pattern, const std::set<std::string>& allowed) const
    {
        QByteArray places;
        for (const SourceFile& file : m_sources) {
            if (allowed.contains(file.path))
                continue;
            bool isInComment = false;
            for (std::size_t i = 0; i < file.lines.size(); ++i) {
                if (std::regex_search(codeOf(file.lines[i], isInComment), pattern))
                    places += QByteArray::fromStdString(file.path + ':' + std::to_string(i + 1) + ": " + file.lines[i] +
                                                        '\n');
            }
        }
        return places;
    }

private slots:
    void theSourcesAreThere() { QVERIFY(m_sources.size() > 300); }

    void nothingRunsAShellOrLoadsCode()
    {
        const std::regex pattern("(^|[^A-Za-z0-9_.>])(system|popen|dlopen|dlmopen)\\s*\\(");
        QVERIFY(std::regex_search("    system(\"ls\");", pattern));
        QVERIFY(std::regex_search("::popen (x)", pattern));
        QVERIFY(!std::regex_search("filesystem(x)", pattern));
        const QByteArray places = placesOf(pattern, {});
        QVERIFY2(places.isEmpty(), places.constData());
    }

    void processesAreStartedInKnownPlacesOnly()
    {
        const std::regex pattern("(^|[^A-Za-z0-9_.>])(v?fork|clone|exec[lv]p?e?|posix_spawnp?|fexecve)\\s*\\(");
        QVERIFY(std::regex_search("pid_t child = fork();", pattern));
        QVERIFY(std::regex_search("::posix_spawn(&a", pattern));
        // The benchmarks measure each run in a child of its own.
        const QByteArray places = placesOf(
            pattern, {"core/platform/spawn_setup.cpp", "app/bench/measure.cpp", "app/cordon_bench_record.cpp"});
        QVERIFY2(places.isEmpty(), places.constData());

        std::set<std::string> users; ///< of QProcess, by file name without ending
        for (const SourceFile& file : m_sources) {
            bool isInComment = false;
            for (const std::string& line : file.lines) {
                if (codeOf(line, isInComment).find("QProcess") != std::string::npos)
                    users.insert(file.path.substr(0, file.path.rfind('.')));
            }
        }
        users.erase("ui/bridge/approval_process");
        for (const std::string& user : users)
            qWarning("QProcess in %s", user.c_str());
        QVERIFY(users.empty());
    }

    void nothingIsLeftForLater()
    {
        std::string places;
        for (const SourceFile& file : sourcesBelow(CORDON_SOURCE_DIR, {"core", "ui", "app", "tests"})) {
            if (file.path == "tests/architecture/tst_sources.cpp")
                continue;
            for (std::size_t i = 0; i < file.lines.size(); ++i) {
                for (const char* word : {"TODO", "FIXME", "XXX:", "HACK"}) {
                    if (file.lines[i].find(word) != std::string::npos)
                        places += file.path + ':' + std::to_string(i + 1) + ": " + file.lines[i] + '\n';
                }
            }
        }
        QVERIFY2(places.empty(), places.c_str());
    }

    void filesStayReadable()
    {
        constexpr std::size_t most = 400;
        std::string places;
        for (const SourceFile& file : m_sources) {
            if (file.lines.size() > most)
                places += file.path + ": " + std::to_string(file.lines.size()) + " lines, at most " +
                          std::to_string(most) + '\n';
        }
        QVERIFY2(places.empty(), places.c_str());
    }

    void headersGuardThemselves()
    {
        for (const SourceFile& file : m_sources) {
            if (file.path.ends_with(".h"))
                QVERIFY2(!file.lines.empty() && file.lines.front() == "#pragma once", file.path.c_str());
        }
    }

    void theVersionIsWrittenTheSameEverywhere()
    {
        const std::string cmake = textOf(std::filesystem::path(CORDON_SOURCE_DIR) / "CMakeLists.txt");
        std::smatch found;
        QVERIFY(std::regex_search(cmake, found, std::regex("project\\(cordon VERSION ([0-9.]+)")));
        QCOMPARE(QString::fromStdString(found[1].str()), QString(cordon::engine::versionText));
    }
};

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
