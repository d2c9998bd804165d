#include "app/bench/measure.h"

#include "core/value/json.h"

#include <array>
#include <cerrno>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::bench {
namespace {

Value toValue(const Result<Measure>& measure)
{
    if (!measure)
        return Value::Object{{"error", measure.error().detail}};
    Value found = Value::Object{};
    for (const auto& [name, count] : measure->found)
        found.set(name, count);
    Value stages = Value::Object{};
    for (const auto& [name, seconds] : measure->stages)
        stages.set(name, seconds);
    return Value::Object{{"name", measure->name},       {"events", measure->events}, {"bytes", measure->bytes},
                         {"seconds", measure->seconds}, {"busy", measure->busySeconds}, {"found", std::move(found)}, {"stages", std::move(stages)}};
}

Result<Measure> measureFrom(const std::string& text)
{
    CORDON_TRY(const Value value, json::parse(text));
    if (const std::string error = value["error"].asString(); !error.empty())
        return fail(ErrorCode::Internal, error);
    Measure measure;
    measure.name = value["name"].asString();
    measure.events = static_cast<std::uint64_t>(value["events"].asInt());
    measure.bytes = static_cast<std::uint64_t>(value["bytes"].asInt());
    measure.seconds = value["seconds"].asDouble();
    measure.busySeconds = value["busy"].asDouble();
    for (const auto& [name, count] : value["found"].asObject())
        measure.found[name] = static_cast<std::uint64_t>(count.asInt());
    for (const auto& [name, seconds] : value["stages"].asObject())
        measure.stages[name] = seconds.asDouble();
    return measure;
}

[[noreturn]] void workAndTell(int pipe, const std::function<Result<Measure>()>& work)
{
    const std::string text = json::write(toValue(work()));
    std::size_t told = 0;
    while (told < text.size()) {
        const ssize_t count = write(pipe, text.data() + told, text.size() - told);
        if (count <= 0)
            _exit(1);
        told += static_cast<std::size_t>(count);
    }
    _exit(0);
}

std::string readAll(int pipe)
{
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        const ssize_t count = read(pipe, piece.data(), piece.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return text;
        text.append(piece.data(), static_cast<std::size_t>(count));
    }
}

Result<Measure> runOnce(const std::function<Result<Measure>()>& work)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        return fail(ErrorCode::Io, "no pipe");
    const pid_t child = fork();
    if (child < 0)
        return fail(ErrorCode::Io, "no process");
    if (child == 0) {
        close(ends[0]);
        workAndTell(ends[1], work);
    }
    close(ends[1]);
    const std::string text = readAll(ends[0]);
    close(ends[0]);
    int status = 0;
    rusage used{};
    while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || text.empty())
        return fail(ErrorCode::Internal, "a measure ended before it was done");
    CORDON_TRY(Measure measure, measureFrom(text));
    const auto secondsOf = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    measure.cpuSeconds = secondsOf(used.ru_utime) + secondsOf(used.ru_stime);
    measure.peakBytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
    return measure;
}

} // namespace

Result<Measure> measured(int times, const std::function<Result<Measure>()>& work)
{
    CORDON_TRY(Measure best, runOnce(work));
    for (int run = 1; run < times; ++run) {
        CORDON_TRY(Measure next, runOnce(work));
        if (next.busySeconds < best.busySeconds)
            best = std::move(next);
    }
    return best;
}

} // namespace cordon::bench
