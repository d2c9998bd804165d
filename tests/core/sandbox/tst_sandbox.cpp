#include "core/sandbox/sandbox.h"

#include "core/net/http_client.h"
#include "tests/support/http_peer.h"

#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <netdb.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace cordon;

/// Each thing is tried in a process of its own: what is taken from it does not come back.
class TestSandbox : public QObject
{
    Q_OBJECT

private:
    static constexpr int allowedStatus = 0;
    static constexpr int refusedStatus = 1;
    static constexpr int notConfinedStatus = 99;

    /// @return the exit status of a confined process in which `tries` said whether it got through, or minus its signal
    static int confined(const std::function<bool()>& tries)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            if (!sandbox::confine())
                ::_exit(notConfinedStatus);
            ::_exit(tries() ? allowedStatus : refusedStatus);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

private slots:
    void readingTimeMemoryAndThreadsGoOn()
    {
        QCOMPARE(confined([] {
            const int file = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
            char byte = 0;
            const bool hasRead = file >= 0 && ::read(file, &byte, 1) == 1;
            std::atomic<int> seen = 0;
            std::thread([&seen] { seen = 1; }).join();
            return hasRead && seen == 1 && std::string(1'000'000, 'x').size() == 1'000'000;
        }), allowedStatus);
    }

    void filesAreNotWritten()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("new").toStdString();
        QCOMPARE(confined([&path] { return ::open(path.c_str(), O_WRONLY | O_CREAT, 0600) >= 0; }), refusedStatus);
        QFile there(QString::fromStdString(path));
        QVERIFY(there.open(QIODevice::WriteOnly));
        there.write("kept");
        there.close();
        QCOMPARE(confined([&path] { return ::open(path.c_str(), O_RDWR) >= 0; }), refusedStatus);
        QCOMPARE(confined([&path] { return ::open(path.c_str(), O_RDONLY | O_TRUNC) >= 0; }), refusedStatus);
        QCOMPARE(confined([&path] { return ::unlink(path.c_str()) == 0; }), refusedStatus);
        QCOMPARE(confined([&path] { return ::rename(path.c_str(), (path + "2").c_str()) == 0; }), refusedStatus);
        QCOMPARE(confined([&path] { return ::chmod(path.c_str(), 0777) == 0; }), refusedStatus);
        QCOMPARE(QFileInfo(there).size(), 4);
    }

    void programsAndProcessesAreNotStarted()
    {
        QCOMPARE(confined([] {
            char* const words[] = {nullptr};
            ::execv("/bin/true", words);
            return true;
        }), -SIGSYS);
        QCOMPARE(confined([] {
            const pid_t child = ::fork();
            if (child == 0)
                ::_exit(0);
            return child > 0;
        }), refusedStatus);
    }

    void othersAreLeftAlone()
    {
        const pid_t own = ::getpid();
        QCOMPARE(confined([own] { return ::ptrace(PTRACE_ATTACH, own, nullptr, nullptr) == 0; }), -SIGSYS);
        QCOMPARE(confined([own] { return ::kill(own, 0) == 0; }), refusedStatus);
    }

    void nothingListens()
    {
        QCOMPARE(confined([] {
            const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
            return listening >= 0 && ::listen(listening, 1) == 0;
        }), refusedStatus);
        QCOMPARE(confined([] { return ::socket(AF_PACKET, SOCK_RAW, 0) >= 0; }), refusedStatus);
        QCOMPARE(confined([] { return ::socket(AF_VSOCK, SOCK_STREAM, 0) >= 0; }), refusedStatus);
    }

    void memoryIsNotMadeExecutableWhileItCanBeWritten()
    {
        QCOMPARE(confined([] {
            void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            return ::mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0;
        }), refusedStatus);
    }

    void memoryHasABound()
    {
        QCOMPARE(confined([] {
            return ::mmap(nullptr, std::size_t(4) << 30U, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
                   MAP_FAILED;
        }), refusedStatus);
    }

    void aServerCanBeAsked()
    {
        test::HttpPeer peer([](const test::PeerRequest&) { return test::PeerReply{200, "heard", {}, {}}; });
        const std::string url = peer.url("/");
        QCOMPARE(confined([&url] {
            auto client = net::HttpClient::make();
            net::HttpRequest request;
            request.url = url;
            if (!client)
                return false;
            const auto reply = client->send(request);
            return reply && reply->body == "heard";
        }), allowedStatus);
    }

    void namesAreLookedUp()
    {
        QCOMPARE(confined([] {
            addrinfo wanted{};
            wanted.ai_socktype = SOCK_STREAM;
            addrinfo* found = nullptr;
            return ::getaddrinfo("localhost", "443", &wanted, &found) == 0 && found != nullptr;
        }), allowedStatus);
    }

    void itEndsWithItsParent()
    {
        int ends[2];
        QVERIFY(::pipe(ends) == 0);
        const pid_t parent = ::fork();
        if (parent == 0) {
            if (::fork() == 0) {
                ::close(ends[0]);
                if (!sandbox::confine())
                    ::_exit(notConfinedStatus);
                const char ready = 'r';
                [[maybe_unused]] const auto written = ::write(ends[1], &ready, 1);
                for (;;)
                    ::poll(nullptr, 0, 1000);
            }
            for (;;)
                ::poll(nullptr, 0, 1000);
        }
        QVERIFY(parent > 1); // nothing but that one process is ended
        ::close(ends[1]);
        char byte = 0;
        QCOMPARE(::read(ends[0], &byte, 1), ssize_t(1));
        ::kill(parent, SIGKILL);
        ::waitpid(parent, nullptr, 0);
        QCOMPARE(::read(ends[0], &byte, 1), ssize_t(0)); // the last writer is gone
        ::close(ends[0]);
    }
};

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
