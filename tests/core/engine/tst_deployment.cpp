#include "core/engine/engine.h"
#include "tests/core/engine/case_fixture.h"

#include <QDir>
#include <QFile>
#include <arpa/inet.h>
#include <condition_variable>
#include <mutex>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

/// Inodes of the sockets that this process holds.
std::set<QByteArray> ownSockets()
{
    std::set<QByteArray> inodes;
    const QDir folder(QStringLiteral("/proc/self/fd"));
    for (const QString& name : folder.entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot)) {
        char target[128] = {};
        const QByteArray path = "/proc/self/fd/" + name.toLatin1();
        const ssize_t length = ::readlink(path.constData(), target, sizeof target - 1);
        const QByteArray text(target, length > 0 ? static_cast<qsizetype>(length) : 0);
        if (text.startsWith("socket:["))
            inodes.insert(text.mid(8).chopped(1));
    }
    return inodes;
}

/// What `ss -l` would show of this process: sockets of any network family, whether they listen or not.
QByteArray networkSockets()
{
    const std::set<QByteArray> own = ownSockets();
    QByteArray found;
    for (const char* table : {"tcp", "tcp6", "udp", "udp6", "raw", "raw6"}) {
        QFile file(QStringLiteral("/proc/self/net/") + QLatin1String(table));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QByteArrayList words = line.simplified().split(' ');
            if (words.size() > 9 && own.contains(words[9]))
                found += QByteArray(table) + ' ' + words[1] + '\n';
        }
    }
    return found;
}

class Waiting : public engine::Listener
{
public:
    void onNotice(const engine::Notice& notice) override
    {
        const std::lock_guard lock(m_mutex);
        m_events = notice.events;
        m_changed.notify_all();
    }
    [[nodiscard]] bool waitForEvents()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(60), [this] { return m_events > 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_events = 0;
};

} // namespace

class TestDeployment : public QObject
{
    Q_OBJECT

private slots:
    void theLookItselfSeesAListeningSocket()
    {
        const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        QVERIFY(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        QVERIFY(::listen(listening, 1) == 0);
        QVERIFY(!networkSockets().isEmpty());
        ::close(listening);
        QVERIFY(networkSockets().isEmpty());
    }

    // MAESTRO L4
    void aRunningEngineHoldsNoSocket()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.replay = engine::ReplayMode::Paced;
        options.pace = 100'000;
        Waiting listener;
        const auto running = CaseFixture::must(engine::Engine::start(options, listener));
        QVERIFY(listener.waitForEvents());
        QCOMPARE(networkSockets(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestDeployment)
#include "tst_deployment.moc"
