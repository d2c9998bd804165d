#include "core/record/epoch_certificate.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cordon::record {
namespace {

constexpr std::string_view title = "cordon.ledger-epoch.v1";
constexpr std::array<std::string_view, 4> reasons{"first", "age", "asked", "revoked"};

std::optional<std::string_view> after(std::string_view line, std::string_view label)
{
    if (!line.starts_with(label))
        return std::nullopt;
    return line.substr(label.size());
}

std::optional<std::int64_t> countFrom(std::optional<std::string_view> text)
{
    std::int64_t count = 0;
    if (!text)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(count) : std::nullopt;
}

} // namespace

std::string EpochCertificate::text() const
{
    std::string text(title);
    text += "\n" + origin;
    text += "\nepoch " + std::to_string(epoch);
    text += "\nkey " + key.toString();
    text += "\nprevious " + (previous ? previous->toString() : "-");
    text += "\nsize " + std::to_string(size);
    text += "\nroot " + toBase64(ByteView(root.bytes));
    return text + "\nwhy " + why + "\n";
}

Result<EpochCertificate> EpochCertificate::parse(std::string_view text)
{
    const auto invalid = fail(ErrorCode::Invalid, "not an epoch certificate");
    std::array<std::string_view, 8> lines;
    std::string_view rest = text;
    for (std::string_view& line : lines) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos)
            return invalid;
        line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
    }
    const auto epoch = countFrom(after(lines[2], "epoch "));
    const auto key = crypto::PublicKey::parse(after(lines[3], "key ").value_or(""));
    const auto before = after(lines[4], "previous ").value_or("");
    const auto size = countFrom(after(lines[5], "size "));
    const auto root = fromBase64(after(lines[6], "root ").value_or(""));
    const auto why = after(lines[7], "why ").value_or("");
    EpochCertificate read;
    if (lines[0] != title || !epoch || *epoch < 1 || !key || !size || *size < 0 || !root ||
        root->size() != read.root.bytes.size() || std::find(reasons.begin(), reasons.end(), why) == reasons.end())
        return invalid;
    read.origin = lines[1];
    read.epoch = *epoch;
    read.key = *key;
    if (before != "-") {
        CORDON_TRY(read.previous, crypto::PublicKey::parse(before));
    }
    read.size = *size;
    std::copy(root->begin(), root->end(), read.root.bytes.begin());
    read.why = why;
    return read.text() == text ? Result<EpochCertificate>(read) : invalid;
}

std::string revocationOrder(const std::string& origin, const crypto::PublicKey& revoked,
                            const crypto::PublicKey& replacement)
{
    return "cordon.ledger-revocation.v1\n" + origin + "\nrevoked " + revoked.toString() + "\nkey " +
           replacement.toString() + "\n";
}

} // namespace cordon::record
