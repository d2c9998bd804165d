#include "core/platform/beneath.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cordon::platform {
namespace {

/// A descriptor that is closed when it goes away.
class Held
{
public:
    explicit Held(int descriptor) : m_descriptor(descriptor) {}
    Held(Held&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    Held& operator=(Held&& other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Held()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    [[nodiscard]] int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

tl::unexpected<Error> refusal(const Path& folder, const std::string& name, int number)
{
    const std::string place = (folder / name).string();
    if (number == ENOENT)
        return fail(ErrorCode::NotFound, place + ": no such file");
    if (number == ELOOP || number == ENOTDIR)
        return fail(ErrorCode::Denied, place + ": a link, or something else than a folder, is on the way");
    return fail(ErrorCode::Io, place + ": " + std::strerror(number));
}

/// The folder itself may be named by a link; what is below it may not.
Result<Held> walk(const Path& folder, const std::string& name, const std::vector<std::string>& steps)
{
    Held at(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (at.get() < 0)
        return refusal(folder, name, errno);
    for (const std::string& step : steps) {
        Held next(::openat(at.get(), step.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (next.get() < 0)
            return refusal(folder, name, errno);
        at = std::move(next);
    }
    return at;
}

/// ErrorCode::Invalid for a name that leads out.
Result<std::vector<std::string>> stepsOf(const std::string& name)
{
    std::vector<std::string> steps;
    for (const Path& step : Path(name)) {
        if (step.empty() || step == "." || step == ".." || step.is_absolute())
            return fail(ErrorCode::Invalid, name + ": not a place below a folder");
        steps.push_back(step.string());
    }
    return steps;
}

} // namespace

Result<File> openBeneath(const Path& folder, const std::string& name)
{
    CORDON_TRY(std::vector<std::string> steps, stepsOf(name));
    if (steps.empty())
        return fail(ErrorCode::Invalid, "no name below a folder");
    const std::string last = std::move(steps.back());
    steps.pop_back();
    CORDON_TRY(const Held parent, walk(folder, name, steps));
    const Held found(::openat(parent.get(), last.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (found.get() < 0)
        return refusal(folder, name, errno);
    struct stat status{};
    if (::fstat(found.get(), &status) != 0)
        return refusal(folder, name, errno);
    if (!S_ISREG(status.st_mode) || status.st_nlink != 1)
        return fail(ErrorCode::Denied, (folder / name).string() + ": not a plain file with one name");
    // The very file that was looked at, whatever is under its name by now.
    return File::openForReading("/proc/self/fd/" + std::to_string(found.get()));
}

Result<std::string> readBeneath(const Path& folder, const std::string& name, std::size_t most)
{
    CORDON_TRY(File file, openBeneath(folder, name));
    CORDON_TRY(const std::uint64_t size, file.size());
    if (size > most)
        return fail(ErrorCode::Invalid, (folder / name).string() + ": longer than it can be");
    std::string text(size, '\0');
    CORDON_TRY(const std::size_t count, file.readAt(text.data(), text.size(), 0));
    text.resize(count);
    return text;
}

Result<std::vector<std::string>> listBeneath(const Path& folder, const std::string& name)
{
    CORDON_TRY(const std::vector<std::string> steps, stepsOf(name));
    const auto held = walk(folder, name, steps);
    if (!held && held.error().code == ErrorCode::NotFound)
        return std::vector<std::string>();
    if (!held)
        return fail(held.error());
    const int descriptor = ::openat(held->get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return refusal(folder, name, errno);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(descriptor), ::closedir);
    std::vector<std::string> names;
    while (const dirent* entry = stream ? ::readdir(stream.get()) : nullptr) {
        const std::string one = entry->d_name;
        if (one != "." && one != "..")
            names.push_back(one);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace cordon::platform
