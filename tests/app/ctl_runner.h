#pragma once

#include "core/value/json.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <unistd.h>

namespace cordon::tests {

/// What came of a command.
struct Ran
{
    int status = -1; ///< -1: it crashed, did not start or hung
    QByteArray out;
    QByteArray err;

    [[nodiscard]] Value json() const
    {
        auto value = json::parse(out.toStdString());
        return value ? std::move(*value) : Value();
    }
    [[nodiscard]] QByteArray told() const { return "exit " + QByteArray::number(status) + "\n" + err + out.left(2000); }
};

/// Runs the programs of the build in a folder of its own, with a $CORDON_HOME of its own.
class CtlRunner
{
public:
    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }
    [[nodiscard]] QString caseFolder() const { return path("a.cordon"); }
    [[nodiscard]] QString home() const { return path("home"); }

    [[nodiscard]] static QString program(const QString& name)
    {
        return QStringLiteral(CORDON_BINARY_DIR "/bin/") + name;
    }
    /// A folder of the shared data, or "" when they are not here.
    [[nodiscard]] static QString shared(const QString& name)
    {
        const QString folder = QStringLiteral(CORDON_SHARED_DATA "/aws-cloudtrail/") + name;
        return QFileInfo::exists(folder) ? folder : QString();
    }

    void prepare(QProcess& process, const QStringList& arguments, const QString& name = "cordonctl") const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("CORDON_HOME", home());
        environment.insert("CORDON_RESOURCES", QStringLiteral(CORDON_SOURCE_DIR "/resources"));
        process.setProcessEnvironment(environment);
        process.setProgram(program(name));
        process.setArguments(arguments);
    }

    /// @param secrets  each is what a pipe at descriptor 3, 4, … gives
    void start(QProcess& process, const QStringList& arguments, const std::vector<std::string>& secrets = {},
               const QString& name = "cordonctl") const
    {
        prepare(process, arguments, name);
        std::vector<int> ends;
        for (const std::string& secret : secrets)
            ends.push_back(pipeWith(secret + '\n'));
        process.setChildProcessModifier([ends] {
            for (std::size_t i = 0; i < ends.size(); ++i)
                ::dup2(ends[i], 3 + static_cast<int>(i));
        });
        process.start(QIODevice::ReadOnly);
        for (const int end : ends)
            ::close(end);
    }

    /// Likewise, to its end.
    [[nodiscard]] Ran run(const QStringList& arguments, const std::vector<std::string>& secrets = {},
                          const QString& name = "cordonctl") const
    {
        QProcess process;
        start(process, arguments, secrets, name);
        if (!process.waitForFinished(50'000)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        const bool isNormal = process.exitStatus() == QProcess::NormalExit;
        return {isNormal ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    }

    [[nodiscard]] Ran runJob(const QStringList& logs, const QStringList& more = {}) const
    {
        return run(QStringList{"run", "--case", caseFolder(), "--replay", "--exercise", "from-log", "--json"} + more +
                   logs);
    }

private:
    /// The reading end of a pipe that holds the text; out of the way of the low descriptors.
    static int pipeWith(const std::string& text)
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
        const int reading = ::fcntl(ends[0], F_DUPFD_CLOEXEC, 50);
        const ssize_t written = ::write(ends[1], text.data(), text.size());
        ::close(ends[0]);
        ::close(ends[1]);
        if (written != static_cast<ssize_t>(text.size()))
            qFatal("pipe is full");
        return reading;
    }

    QTemporaryDir m_dir;
};

} // namespace cordon::tests

#define VERIFY_STATUS(ran, wanted) QVERIFY2((ran).status == (wanted), (ran).told().constData())
