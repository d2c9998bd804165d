#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <arpa/inet.h>
#include <fcntl.h>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cordon::test {

/// A machine of the tests' own in network namespaces: `workload` (10.77.1.2 towards this process, 10.77.2.1 towards its peer) runs sshd and
/// filters packets, `peer` (10.77.2.2) is whom it talks to. This process moves to a namespace of its own (10.77.1.1) and
/// stays there. All of it is gone when this is; needs root, sshd, nft and ip.
class FilteredMachine
{
public:
    static constexpr int sshPort = 2222;
    static constexpr const char* here = "10.77.1.1";
    static constexpr const char* workload = "10.77.1.2";
    static constexpr const char* workloadForPeer = "10.77.2.1";
    static constexpr const char* peer = "10.77.2.2";

    FilteredMachine()
    {
        for (const char* program : {"/usr/sbin/sshd", "/usr/sbin/nft", "/usr/bin/ssh-keygen", "/usr/bin/nsenter"}) {
            if (!QFile::exists(program)) {
                m_missing = program + std::string(" is not installed");
                return;
            }
        }
        if (::geteuid() != 0 || ::unshare(CLONE_NEWNET) != 0) {
            m_missing = "no right to make network namespaces";
            return;
        }
        m_missing = start();
    }
    FilteredMachine(const FilteredMachine&) = delete;
    FilteredMachine& operator=(const FilteredMachine&) = delete;
    ~FilteredMachine()
    {
        for (QProcess* process : {&m_sshd, &m_peer}) {
            process->kill();
            process->waitForFinished(5'000);
        }
    }

    /// Why it does not run, or "".
    [[nodiscard]] const std::string& missing() const { return m_missing; }
    [[nodiscard]] std::string hostKeyHash() const { return hashOf("host"); }
    [[nodiscard]] std::string privateKey(const QString& name = "user") const { return read(name).toStdString(); }
    /// What nft says in the workload, handles and all.
    [[nodiscard]] QByteArray ruleset() { return nft({"-a", "list", "ruleset"}); }
    QByteArray nft(const QStringList& arguments, const QByteArray& input = {}) { return run("nsenter", QStringList{"-t", pid(m_sshd), "-n", "/usr/sbin/nft"} + arguments, input); }

    /// A TCP connection between two of the namespaces: `dials` to port 9000 at `address` where `listens` waits.
    class Flow
    {
    public:
        Flow() = default;
        Flow(const Flow&) = delete;
        Flow& operator=(const Flow&) = delete;
        ~Flow()
        {
            for (const int one : {m_listening, m_near, m_far}) {
                if (one >= 0)
                    ::close(one);
            }
        }
        /// Whether a byte written at one end comes out at the other within that time.
        bool carries(bool backwards, int milliseconds)
        {
            const int from = backwards ? m_far : m_near;
            const int to = backwards ? m_near : m_far;
            char byte = 'x';
            return from >= 0 && to >= 0 && ::send(from, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 && isReadable(to, milliseconds) && ::recv(to, &byte, 1, 0) == 1;
        }

    private:
        friend class FilteredMachine;
        static bool isReadable(int socket, int milliseconds)
        {
            pollfd waiting{socket, POLLIN, 0};
            return ::poll(&waiting, 1, milliseconds) > 0;
        }
        int m_listening = -1;
        int m_near = -1;
        int m_far = -1;
    };
    enum class Place { Here, Workload, Peer };
    /// @return whether it was established within that time
    bool connect(Flow& flow, Place dials, Place listens, const char* address, int milliseconds)
    {
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(static_cast<std::uint16_t>(m_nextPort++));
        ::inet_pton(AF_INET, address, &there.sin_addr);
        flow.m_listening = socketIn(listens);
        flow.m_near = socketIn(dials);
        if (::bind(flow.m_listening, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0 || ::listen(flow.m_listening, 1) != 0)
            return false;
        ::fcntl(flow.m_near, F_SETFL, O_NONBLOCK);
        if (::connect(flow.m_near, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0 && errno != EINPROGRESS)
            return false;
        if (!Flow::isReadable(flow.m_listening, milliseconds))
            return false;
        flow.m_far = ::accept4(flow.m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        return flow.m_far >= 0;
    }

private:
    static QString pid(const QProcess& process) { return QString::number(process.processId()); }
    static QByteArray run(const QString& program, const QStringList& arguments, const QByteArray& input = {})
    {
        QProcess process;
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        const bool isWell = process.waitForFinished(10'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        return isWell ? process.readAllStandardOutput() : "failed: " + process.readAllStandardError();
    }
    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile file(m_dir.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] std::string hashOf(const QString& key) const
    {
        const QList<QByteArray> words = run("ssh-keygen", {"-lf", m_dir.filePath(key + ".pub")}).split(' ');
        return words.size() > 1 ? words[1].toStdString() : std::string();
    }
    /// In a namespace of its own once this returns. @return "" or why not
    static std::string startApart(QProcess& process, const QString& program, const QStringList& arguments)
    {
        const QString mine = QFile::symLinkTarget("/proc/self/ns/net");
        process.setStandardOutputFile(QProcess::nullDevice());
        process.start("unshare", QStringList{"-n", "--kill-child=KILL", program} + arguments);
        if (!process.waitForStarted(5'000) || !QTest::qWaitFor([&] { const QString its = QFile::symLinkTarget("/proc/" + pid(process) + "/ns/net"); return !its.isEmpty() && its != mine; }, 5'000))
            return program.toStdString() + " does not start: " + process.readAllStandardError().toStdString();
        return {};
    }
    std::string start()
    {
        for (const char* key : {"host", "user", "stranger"}) {
            if (run("ssh-keygen", {"-q", "-t", "ed25519", "-N", "", "-f", m_dir.filePath(key)}).startsWith("failed"))
                return "ssh-keygen failed";
        }
        QFile keys(m_dir.filePath("authorized"));
        QFile settings(m_dir.filePath("sshd_config"));
        if (!keys.open(QIODevice::WriteOnly) || !settings.open(QIODevice::WriteOnly) || keys.write("restrict " + read("user.pub")) < 0)
            return "no folder";
        const QByteArray folder = m_dir.path().toUtf8();
        settings.write("Port " + QByteArray::number(sshPort) + "\nListenAddress 0.0.0.0\nHostKey " + folder + "/host\nPidFile none\nUsePAM no\nStrictModes no\n"
                       "SetEnv HOME=" + folder + "\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nAuthorizedKeysFile " + folder + "/authorized\n");
        keys.close();
        settings.close();
        if (::mkdir("/run/sshd", 0755) != 0 && errno != EEXIST)
            return "no /run/sshd";
        if (const std::string problem = startApart(m_sshd, "/usr/sbin/sshd", {"-D", "-e", "-f", m_dir.filePath("sshd_config")}); !problem.empty())
            return problem;
        if (const std::string problem = startApart(m_peer, "sleep", {"3600"}); !problem.empty())
            return problem;
        const QStringList inWorkload{"-t", pid(m_sshd), "-n", "ip"};
        const QStringList inPeer{"-t", pid(m_peer), "-n", "ip"};
        const QList<std::pair<QString, QStringList>> steps{
            {"ip", {"link", "set", "lo", "up"}},
            {"ip", {"link", "add", "vh", "type", "veth", "peer", "name", "vw", "netns", pid(m_sshd)}},
            {"ip", {"addr", "add", "10.77.1.1/24", "dev", "vh"}},
            {"ip", {"link", "set", "vh", "up"}},
            {"nsenter", inWorkload + QStringList{"link", "set", "lo", "up"}},
            {"nsenter", inWorkload + QStringList{"addr", "add", "10.77.1.2/24", "dev", "vw"}},
            {"nsenter", inWorkload + QStringList{"link", "set", "vw", "up"}},
            {"nsenter", inWorkload + QStringList{"link", "add", "vp", "type", "veth", "peer", "name", "vp", "netns", pid(m_peer)}},
            {"nsenter", inWorkload + QStringList{"addr", "add", "10.77.2.1/24", "dev", "vp"}},
            {"nsenter", inWorkload + QStringList{"link", "set", "vp", "up"}},
            {"nsenter", inPeer + QStringList{"addr", "add", "10.77.2.2/24", "dev", "vp"}},
            {"nsenter", inPeer + QStringList{"link", "set", "vp", "up"}},
            {"nsenter", inPeer + QStringList{"route", "add", "10.77.1.0/24", "via", "10.77.2.1"}},
            {"ip", {"route", "add", "10.77.2.0/24", "via", "10.77.1.2"}},
            {"nsenter", {"-t", pid(m_sshd), "-n", "sysctl", "-qw", "net.ipv4.ip_forward=1"}},
        };
        for (const auto& [program, arguments] : steps) {
            if (const QByteArray said = run(program, arguments); said.startsWith("failed"))
                return (arguments.join(' ') + ": " + QString::fromUtf8(said)).toStdString();
        }
        return QTest::qWaitFor([this] { return sshAnswers(); }, 5'000) ? "" : "sshd does not answer: " + m_sshd.readAllStandardError().toStdString();
    }
    bool sshAnswers()
    {
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(sshPort);
        ::inet_pton(AF_INET, workload, &there.sin_addr);
        const int trial = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool isThere = ::connect(trial, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
        ::close(trial);
        return isThere;
    }
    /// A socket belongs to the namespace that it was made in.
    int socketIn(Place place)
    {
        const int mine = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        if (place != Place::Here) {
            const QByteArray path = "/proc/" + pid(place == Place::Workload ? m_sshd : m_peer).toUtf8() + "/ns/net";
            const int its = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
            ::setns(its, CLONE_NEWNET);
            ::close(its);
        }
        const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::setns(mine, CLONE_NEWNET);
        ::close(mine);
        return made;
    }

    QTemporaryDir m_dir;
    QProcess m_sshd;
    QProcess m_peer;
    std::string m_missing;
    int m_nextPort = 9000;
};

} // namespace cordon::test
