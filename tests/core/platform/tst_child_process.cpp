#include "core/platform/child_process.h"

#include <QTest>
#include <csignal>
#include <unistd.h>

using namespace cordon;
using namespace cordon::platform;
using namespace std::chrono_literals;

class TestChildProcess : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSentComesBackFromAProgramThatEchoes()
    {
        auto cat = ChildProcess::start("/bin/cat");
        QVERIFY(cat);
        for (const std::size_t size : {std::size_t(0), std::size_t(1), std::size_t(100), std::size_t(60'000)}) {
            const std::string message(size, 'x');
            QVERIFY(cat->socket().send(message, 10s));
            const auto answer = cat->socket().receive(10s);
            QVERIFY(answer);
            QCOMPARE(*answer, message);
        }
        QVERIFY(cat->isRunning());
    }

    void aMessageIsReadWhereItIsWanted()
    {
        auto cat = ChildProcess::start("/bin/cat");
        QVERIFY(cat && cat->socket().send("secret", 10s));
        std::array<unsigned char, 6> place{};
        const auto size = cat->socket().receiveInto([&place](std::size_t) { return place.data(); }, 10s);
        QVERIFY(size);
        QCOMPARE(std::string(place.begin(), place.end()), std::string("secret"));
    }

    void aMessageThatIsTooLongIsRefusedOnBothSides()
    {
        auto ends = MessageSocket::pair();
        QVERIFY(ends);
        const auto sent = ends->first.send(std::string(MessageSocket::mostBytes + 1, 'x'), 10s);
        QVERIFY(!sent && sent.error().code == ErrorCode::Invalid);
        QCOMPARE(::write(ends->first.descriptor(), "\xff\xff\xff\xff", 4), ssize_t(4));
        const auto got = ends->second.receive(10s);
        QVERIFY(!got && got.error().code == ErrorCode::Invalid);
    }

    void silenceDeathAndStopAreToldApart()
    {
        auto ends = MessageSocket::pair();
        QVERIFY(ends);
        QVERIFY(ends->first.receive(30ms).error().code == ErrorCode::TimedOut);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(ends->first.receive(10s, stop.get_token()).error().code == ErrorCode::Cancelled);
        QCOMPARE(::write(ends->second.descriptor(), "\0\0\0\5ab", 6), ssize_t(6)); // a torn message
        ends->second.close();
        QVERIFY(ends->first.receive(10s).error().code == ErrorCode::Incomplete);
        QVERIFY(ends->first.send("x", 10s).error().code == ErrorCode::Incomplete);
    }

    void aChildHasNothingButItsSocket()
    {
        // env prints the environment that it was started with, as text: any would be no message, and come as bytes.
        qputenv("SECRET_OF_THE_PARENT", "word");
        auto env = ChildProcess::start("/usr/bin/env");
        QVERIFY(env);
        const auto answer = env->socket().receive(10s);
        QVERIFY(!answer && answer.error().code == ErrorCode::Incomplete); // ended without a word
    }

    void aProgramThatIsNotThereIsTold()
    {
        QVERIFY(ChildProcess::start("/nowhere/program").error().code == ErrorCode::NotFound);
        QVERIFY(ChildProcess::start("bin/cat").error().code == ErrorCode::Invalid);
    }

    void theChildEndsWithItsOwner()
    {
        pid_t id = -1;
        {
            auto cat = ChildProcess::start("/bin/cat");
            QVERIFY(cat);
            id = cat->id();
            QVERIFY(::kill(id, 0) == 0);
        }
        QVERIFY(::kill(id, 0) != 0);
    }

    void aChildThatDiedIsSeen()
    {
        auto cat = ChildProcess::start("/bin/cat");
        QVERIFY(cat);
        QVERIFY(cat->id() > 1); // nothing but that one process is ended
        ::kill(cat->id(), SIGKILL);
        QTRY_VERIFY(!cat->isRunning());
    }
};

QTEST_GUILESS_MAIN(TestChildProcess)
#include "tst_child_process.moc"
