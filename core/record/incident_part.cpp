#include "core/record/incident_part.h"

#include "core/platform/packed_folder.h"
#include "core/record/entry_codec.h"
#include "core/record/ledger_format.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::string_view entryEnding = ".json";
constexpr std::string_view encryptedEnding = ".encrypted";
constexpr std::size_t longestProof = 1U << 20U;

} // namespace

bool isIncidentPart(const platform::Path& caseFolder)
{
    return platform::PackedFolder::find(caseFolder / "entries") && platform::isFolder(caseFolder / "entries");
}

Result<std::string> partOrigin(const platform::Path& caseFolder)
{
    const platform::Path folder = caseFolder / format::ledgerFolder / format::checkpointFolder;
    CORDON_TRY(const auto heads, platform::listFolder(folder));
    if (heads.empty())
        return fail(ErrorCode::Corrupt, caseFolder.string() + ": no signed head");
    CORDON_TRY(const std::string head, platform::readFile(folder / heads.front(), longestProof));
    return head.substr(0, head.find('\n'));
}

Result<void> eachPartEntry(const platform::Path& caseFolder,
                           const std::function<bool(std::string_view, const LedgerEntry&)>& visit)
{
    CORDON_TRY(const auto names, platform::listFolder(caseFolder / "entries"));
    for (const std::string& name : names) {
        if (!name.ends_with(entryEnding))
            continue;
        CORDON_TRY(const std::string bytes, platform::readFile(caseFolder / "entries" / name, format::longestEntry));
        CORDON_TRY(const LedgerEntry entry, decodeEntry(bytes));
        if (!visit(bytes, entry))
            return {};
    }
    return {};
}

std::string citedRecordName(const Citation& cite)
{
    return "records/" + cite.evidence.hex() + "/" + std::to_string(cite.offset) + "-" + std::to_string(cite.length);
}

std::string encryptedRecordName(const Citation& cite)
{
    return citedRecordName(cite) + std::string(encryptedEnding);
}

bool isEncryptedRecordName(std::string_view name)
{
    return name.ends_with(encryptedEnding);
}

std::string encryptedRecordContext(const Citation& cite)
{
    return "cordon.evidence.record.v1\n" + cite.evidence.hex() + " " + std::to_string(cite.offset) + "-" +
           std::to_string(cite.length);
}

Result<std::string> partProof(const platform::Path& caseFolder, std::int64_t seq)
{
    std::string digits = std::to_string(seq);
    digits.insert(0, static_cast<std::size_t>(std::max(0, format::numberDigits - static_cast<int>(digits.size()))), '0');
    return platform::readFile(caseFolder / "entries" / (digits + ".tlog-proof"), longestProof);
}

} // namespace cordon::record
