#include "core/record/head_timestamps.h"

#include "core/crypto/sha256.h"
#include "core/crypto/timestamp_token.h"
#include "core/platform/packed_folder.h"
#include "core/record/checkpoint_text.h"
#include "core/record/ledger_format.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::size_t longestToken = 1U << 20U;
constexpr std::size_t longestNote = 64U << 10U;

platform::Path timestampsIn(const platform::Path& caseFolder)
{
    return caseFolder / format::ledgerFolder / format::timestampFolder;
}

/// Digest of the head's text. Of cosignatures that come later it says nothing.
Result<Digest> headDigest(const LedgerSource& source, std::int64_t size)
{
    CORDON_TRY(const std::string note, source.readCheckpoint(checkpointName(size), longestNote));
    CORDON_TRY(const SignedHead head, parseCheckpoint(note));
    return crypto::sha256(head.note.text);
}

/// Sizes of all signed heads, the newest first.
std::vector<std::int64_t> headSizes(const LedgerSource& source)
{
    std::vector<std::int64_t> sizes;
    for (const std::string& name : source.checkpoints()) {
        if (const auto size = countFrom(name))
            sizes.push_back(*size);
    }
    std::sort(sizes.rbegin(), sizes.rend());
    return sizes;
}

} // namespace

std::string pinnedAuthorities(const platform::Path& home)
{
    return home.empty() ? std::string() : platform::readFile(home / "tsa.pem", longestToken).value_or(std::string());
}

HeadTimestamps readHeadTimestamps(const platform::Path& caseFolder, const std::string& authorities)
{
    HeadTimestamps found;
    const auto source = ledgerIn(caseFolder);
    const auto names = platform::listFolder(timestampsIn(caseFolder));
    for (const std::string& name : names ? *names : std::vector<std::string>()) {
        const platform::Path path = timestampsIn(caseFolder) / name;
        const auto size = countFrom(path.stem().string());
        if (!size || name.starts_with('.') || path.extension() != format::timestampSuffix)
            continue;
        ++found.total;
        const auto digest = headDigest(*source, *size);
        const auto reply = platform::isPlainFile(path) ? platform::readFile(path, longestToken)
                                                       : fail(ErrorCode::Invalid, "not a plain file");
        if (!digest)
            continue; // earlier heads may go; without its head a token says nothing
        const auto token = reply ? crypto::readTimestampReply(*reply, *digest, authorities) : fail(reply.error());
        if (!token) {
            const std::string file = std::string(format::ledgerFolder) + "/" + std::string(format::timestampFolder) +
                                     "/" + name;
            found.problems.push_back({file, 0, *size, token.error().detail});
        } else if (token->isTrusted) {
            ++found.trusted;
            if (*size >= found.newestSize) {
                found.newestSize = *size;
                found.newestTime = token->time;
            }
        }
    }
    return found;
}

Result<std::string> headTimestampRequest(const platform::Path& caseFolder)
{
    const auto source = ledgerIn(caseFolder);
    const auto sizes = headSizes(*source);
    if (sizes.empty())
        return fail(ErrorCode::NotFound, "the ledger has no signed head");
    CORDON_TRY(const Digest digest, headDigest(*source, sizes.front()));
    return crypto::timestampRequest(digest);
}

Result<std::int64_t> keepHeadTimestamp(const platform::Path& caseFolder, std::string_view reply,
                                       const std::string& authorities)
{
    const auto source = ledgerIn(caseFolder);
    for (const std::int64_t size : headSizes(*source)) {
        const auto digest = headDigest(*source, size);
        const auto token = digest ? crypto::readTimestampReply(reply, *digest, authorities) : fail(digest.error());
        if (!token && token.error().code == ErrorCode::Untrusted)
            return fail(token.error());
        if (!token)
            continue;
        CORDON_CHECK(platform::makeFolders(timestampsIn(caseFolder)));
        const auto file = timestampsIn(caseFolder) / (checkpointName(size) + std::string(format::timestampSuffix));
        CORDON_CHECK(platform::writeFileAtomically(file, reply));
        return size;
    }
    return fail(ErrorCode::Invalid, "the reply is no time-stamp over a signed head of this ledger");
}

} // namespace cordon::record
