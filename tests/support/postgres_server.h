#pragma once

#include "tests/support/free_port.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <unistd.h>

namespace cordon::test {

/// A PostgreSQL cluster of the tests' own on 127.0.0.1, gone when this is. As root it runs as the user `postgres`.
class PostgresServer
{
public:
    PostgresServer()
    {
        const QDir versions("/usr/lib/postgresql");
        const QStringList found = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        m_programs = found.isEmpty() ? QString() : versions.filePath(found.last()) + "/bin/";
        if (m_programs.isEmpty() || !QFile::exists(m_programs + "initdb"))
            return;
        QFile word(m_dir.filePath("word"));
        if (!word.open(QIODevice::WriteOnly) || word.write(password) < 0)
            return;
        word.close();
        if (::geteuid() == 0 && QProcess::execute("chown", {"-R", "postgres", m_dir.path()}) != 0)
            return;
        m_port = freePort();
        if (!run("initdb", {"-D", data(), "-A", "scram-sha-256", "-U", "admin", "--pwfile=" + m_dir.filePath("word"), "--no-sync", "--no-instructions"}))
            return;
        m_isRunning = run("pg_ctl", {"-D", data(), "-w", "-s", "-l", m_dir.filePath("log"), "-o",
                                     "-p " + QString::number(m_port) + " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=" + m_dir.path(), "start"});
    }
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer()
    {
        if (m_isRunning)
            run("pg_ctl", {"-D", data(), "-w", "-s", "-m", "immediate", "stop"});
    }

    static constexpr const char* password = "admin-pass";
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] int port() const { return m_port; }
    /// What the server wrote so far.
    [[nodiscard]] std::string log() const
    {
        QFile file(m_dir.filePath("log"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

private:
    [[nodiscard]] QString data() const { return m_dir.filePath("data"); }
    bool run(const QString& program, const QStringList& arguments) const
    {
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice()); // the server keeps what it inherits
        process.setStandardErrorFile(QProcess::nullDevice());
        process.setWorkingDirectory(m_dir.path());
        if (::geteuid() == 0)
            process.start("runuser", QStringList{"-u", "postgres", "--", m_programs + program} + arguments);
        else
            process.start(m_programs + program, arguments);
        return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

    QTemporaryDir m_dir;
    QString m_programs;
    int m_port = 0;
    bool m_isRunning = false;
};

} // namespace cordon::test
