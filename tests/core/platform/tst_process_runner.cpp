#include "core/platform/process_runner.h"

#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::platform;
using namespace std::chrono_literals;

class TestProcessRunner : public QObject
{
    Q_OBJECT

private slots:
    void givesInputTakesOutputAndStatus();
    void argumentsAreNotReadByAShell();
    void aLongInputAndOutputDoNotBlockEachOther();
    void outputIsCutAtFourMebibytes();
    void aChildThatIgnoresItsInputIsNoError();
    void aProgramWithoutAbsolutePathIsRefused();
    void aMissingProgramIsNotFound();
    void theTimeLimitEndsTheChildAndItsChildren();
    void theStopTokenEndsTheChild();
    void aSignalGivesMinusOne();
    void onlyTheNamedDescriptorsReachTheChild();
};

namespace {

ProcessRequest shell(const std::string& script)
{
    return {.program = "/bin/sh", .arguments = {"-c", script}, .input = {}, .inheritedDescriptors = {}};
}

} // namespace

void TestProcessRunner::givesInputTakesOutputAndStatus()
{
    ProcessRequest request = shell("read line; echo got $line; exit 3");
    request.input = "hello\n";
    const auto reply = runProcess(request);
    QVERIFY(reply);
    QCOMPARE(reply->output, std::string("got hello\n"));
    QCOMPARE(reply->exitStatus, 3);
}

void TestProcessRunner::argumentsAreNotReadByAShell()
{
    ProcessRequest request;
    request.program = "/bin/echo";
    request.arguments = {"$HOME; `id`", "*"};
    const auto reply = runProcess(request);
    QVERIFY(reply);
    QCOMPARE(reply->output, std::string("$HOME; `id` *\n"));
}

void TestProcessRunner::aLongInputAndOutputDoNotBlockEachOther()
{
    ProcessRequest request;
    request.program = "/bin/cat";
    request.input = std::string(3'000'000, 'x');
    const auto reply = runProcess(request);
    QVERIFY(reply);
    QVERIFY(reply->output == request.input);
    QCOMPARE(reply->exitStatus, 0);
}

void TestProcessRunner::outputIsCutAtFourMebibytes()
{
    const auto reply = runProcess(shell("head -c 5000000 /dev/zero; exit 0"));
    QVERIFY(reply);
    QCOMPARE(reply->output.size(), std::size_t{4U << 20U});
    QCOMPARE(reply->exitStatus, 0);
}

void TestProcessRunner::aChildThatIgnoresItsInputIsNoError()
{
    ProcessRequest request = shell("exec <&-; exit 0");
    request.input = std::string(1'000'000, 'x');
    const auto reply = runProcess(request);
    QVERIFY(reply);
    QCOMPARE(reply->exitStatus, 0);
}

void TestProcessRunner::aProgramWithoutAbsolutePathIsRefused()
{
    ProcessRequest request;
    request.program = "sh";
    QVERIFY(runProcess(request).error().code == ErrorCode::Invalid);
}

void TestProcessRunner::aMissingProgramIsNotFound()
{
    ProcessRequest request;
    request.program = "/nowhere/at-all";
    const auto reply = runProcess(request);
    QVERIFY(!reply);
    QVERIFY(reply.error().code == ErrorCode::NotFound);
    QVERIFY(reply.error().detail.find("/nowhere/at-all") != std::string::npos);
}

void TestProcessRunner::theTimeLimitEndsTheChildAndItsChildren()
{
    ProcessRequest request = shell("echo started; sleep 1000 | cat");
    request.timeLimit = 200ms;
    const auto reply = runProcess(request);
    QVERIFY(reply);
    QCOMPARE(reply->exitStatus, -1);
    QCOMPARE(reply->output, std::string("started\n"));
}

void TestProcessRunner::theStopTokenEndsTheChild()
{
    std::stop_source source;
    source.request_stop();
    const auto reply = runProcess(shell("sleep 1000"), source.get_token());
    QVERIFY(!reply);
    QVERIFY(reply.error().code == ErrorCode::Cancelled);
}

void TestProcessRunner::aSignalGivesMinusOne()
{
    const auto reply = runProcess(shell("kill -9 $$"));
    QVERIFY(reply);
    QCOMPARE(reply->exitStatus, -1);
}

void TestProcessRunner::onlyTheNamedDescriptorsReachTheChild()
{
    const int secret = ::open("/dev/null", O_RDONLY); // without close-on-exec
    const int below = ::open("/dev/null", O_RDONLY);
    const int named = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int above = ::open("/dev/null", O_RDONLY);
    ProcessRequest request =
        shell("for n in " + std::to_string(secret) + " " + std::to_string(below) + " " + std::to_string(named) + " " +
              std::to_string(above) + "; do [ -e /proc/self/fd/$n ] && echo $n; done; exit 0");
    request.inheritedDescriptors = {named};
    const auto reply = runProcess(request);
    for (const int number : {secret, below, named, above})
        ::close(number);
    QVERIFY(reply);
    QCOMPARE(reply->output, std::to_string(named) + "\n");
}

QTEST_GUILESS_MAIN(TestProcessRunner)
#include "tst_process_runner.moc"
