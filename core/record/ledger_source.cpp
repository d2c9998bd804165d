#include "core/record/ledger_source.h"

#include "core/platform/packed_folder.h"
#include "core/record/ledger_format.h"

#include <algorithm>
#include <cstring>

namespace cordon::record {
namespace {

class FileBytes : public ReadableBytes
{
public:
    explicit FileBytes(platform::File file)
        : m_file(std::move(file))
    {}
    [[nodiscard]] Result<std::uint64_t> size() const override { return m_file.size(); }
    [[nodiscard]] Result<std::size_t> readAt(void* into, std::size_t size, std::uint64_t offset) const override
    {
        return m_file.readAt(into, size, offset);
    }

private:
    platform::File m_file;
};

class TextBytes : public ReadableBytes
{
public:
    explicit TextBytes(const std::string& text)
        : m_text(text)
    {}
    [[nodiscard]] Result<std::uint64_t> size() const override { return m_text.size(); }
    [[nodiscard]] Result<std::size_t> readAt(void* into, std::size_t size, std::uint64_t offset) const override
    {
        const std::size_t count = offset < m_text.size() ? std::min<std::size_t>(size, m_text.size() - offset) : 0;
        if (count > 0)
            std::memcpy(into, m_text.data() + offset, count);
        return count;
    }

private:
    const std::string& m_text;
};

class LedgerInFolder : public LedgerSource
{
public:
    explicit LedgerInFolder(const platform::Path& caseFolder)
        : m_folder(caseFolder / format::ledgerFolder)
    {}

    [[nodiscard]] Result<std::vector<std::string>> segments() const override
    {
        CORDON_TRY(auto names, platform::listFolder(m_folder));
        std::erase_if(names, [](const std::string& name) { return !isSegmentName(name); });
        return names;
    }

    [[nodiscard]] Result<std::unique_ptr<ReadableBytes>> openSegment(const std::string& name) const override
    {
        const auto path = m_folder / name;
        if (!platform::isPlainFile(path))
            return fail(ErrorCode::Corrupt, "not a plain file");
        CORDON_TRY(auto file, platform::File::openForReading(path));
        return std::make_unique<FileBytes>(std::move(file));
    }

    [[nodiscard]] std::vector<std::string> checkpoints() const override
    {
        auto names = platform::listFolder(m_folder / format::checkpointFolder).value_or(std::vector<std::string>());
        std::erase_if(names, [](const std::string& name) { return name.starts_with('.'); });
        return names;
    }

    [[nodiscard]] Result<std::string> readCheckpoint(const std::string& name, std::size_t most) const override
    {
        const auto path = m_folder / format::checkpointFolder / name;
        if (!platform::isPlainFile(path))
            return fail(ErrorCode::Corrupt, "not a plain file");
        return platform::readFile(path, most);
    }

private:
    platform::Path m_folder;
};

} // namespace

bool isSegmentName(std::string_view name)
{
    if (name.size() != format::numberDigits + format::segmentSuffix.size() || !name.ends_with(format::segmentSuffix))
        return false;
    const auto digits = name.substr(0, format::numberDigits);
    return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::shared_ptr<const LedgerSource> ledgerIn(const platform::Path& caseFolder)
{
    return std::make_shared<LedgerInFolder>(caseFolder);
}

Result<std::vector<std::string>> LedgerInMemory::segments() const
{
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) {
        if (isSegmentName(name))
            names.push_back(name);
    }
    return names;
}

Result<std::unique_ptr<ReadableBytes>> LedgerInMemory::openSegment(const std::string& name) const
{
    const auto found = files.find(name);
    if (found == files.end())
        return fail(ErrorCode::NotFound, name + ": not in this ledger");
    return std::make_unique<TextBytes>(found->second);
}

std::vector<std::string> LedgerInMemory::checkpoints() const
{
    const std::string folder = std::string(format::checkpointFolder) + "/";
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) {
        if (name.starts_with(folder))
            names.push_back(name.substr(folder.size()));
    }
    return names;
}

Result<std::string> LedgerInMemory::readCheckpoint(const std::string& name, std::size_t most) const
{
    const auto found = files.find(std::string(format::checkpointFolder) + "/" + name);
    if (found == files.end())
        return fail(ErrorCode::NotFound, name + ": not in this ledger");
    if (found->second.size() > most)
        return fail(ErrorCode::Invalid, name + ": longer than " + std::to_string(most) + " bytes");
    return found->second;
}

} // namespace cordon::record
