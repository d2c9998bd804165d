#include "core/record/reviewer_notes.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::string_view format = "cordon-reviewer-notes-v1";
constexpr std::size_t mostRemarks = 2000;
constexpr std::size_t longestRemark = 4000; ///< bytes

tl::unexpected<Error> invalid(const std::string& what)
{
    return fail(ErrorCode::Invalid, "not a reviewer's notes: " + what);
}

/// The name on the signature line, which may hold neither space nor plus.
constexpr std::string_view signer = "cordon-reviewer";

} // namespace

ReviewerNotes ReviewerNotes::of(const SealedManifest& manifest, std::string reviewer, const crypto::PublicKey& key)
{
    ReviewerNotes notes;
    notes.origin = manifest.origin;
    notes.entries = manifest.entries;
    notes.root = manifest.root;
    notes.reviewer = std::move(reviewer);
    notes.key = key;
    return notes;
}

Value ReviewerNotes::toValue() const
{
    Value::Array list;
    for (const Remark& remark : remarks)
        list.push_back(Value::Object{{"at", remark.at.toString()},
                                     {"incident", remark.incident.empty() ? Value() : Value(remark.incident)},
                                     {"seq", remark.seq < 0 ? Value() : Value(remark.seq)},
                                     {"text", remark.text}});
    return Value::Object{{"format", format},
                         {"origin", origin},
                         {"entries", entries},
                         {"root", toBase64(ByteView(root.bytes))},
                         {"reviewer", reviewer},
                         {"key", key.toString()},
                         {"remarks", std::move(list)}};
}

Result<std::string> ReviewerNotes::signedBy(const crypto::SigningKey& own) const
{
    if (own.publicKey() != key)
        return fail(ErrorCode::Denied, "the notes are another reviewer's: each has a file of their own");
    if (remarks.size() > mostRemarks)
        return fail(ErrorCode::Invalid, "more than " + std::to_string(mostRemarks) + " remarks");
    for (const Remark& remark : remarks) {
        if (remark.text.empty() || remark.text.size() > longestRemark)
            return fail(ErrorCode::Invalid, "a remark has 1 to " + std::to_string(longestRemark) + " bytes");
    }
    CORDON_TRY(const std::string text, json::canonical(toValue()));
    crypto::SignedNote note{text + "\n", {}};
    note.sign(signer, own);
    return note.toString();
}

Result<ReviewerNotes> ReviewerNotes::parse(std::string_view bytes)
{
    const auto note = crypto::SignedNote::parse(bytes);
    if (!note || note->toString() != bytes || note->signatures.size() != 1)
        return invalid("no signed note with one signature");
    const auto value = json::parse(note->text);
    const auto canonical = value ? json::canonical(*value) : fail(value.error());
    if (!canonical || *canonical + "\n" != note->text)
        return invalid("no canonical JSON");
    ReviewerNotes notes;
    notes.origin = (*value)["origin"].asString();
    notes.entries = (*value)["entries"].asInt(-1);
    notes.reviewer = (*value)["reviewer"].asString();
    const auto root = fromBase64((*value)["root"].asString());
    const auto key = crypto::PublicKey::parse((*value)["key"].asString());
    if (!root || root->size() != notes.root.bytes.size() || !key)
        return invalid("root or key cannot be read");
    std::copy(root->begin(), root->end(), notes.root.bytes.begin());
    notes.key = *key;
    for (const Value& item : (*value)["remarks"].asArray()) {
        const auto at = Timestamp::parse(item["at"].asString());
        if (!at)
            return invalid("a remark has no time");
        notes.remarks.push_back({*at, item["incident"].asString(), item["seq"].asInt(-1), item["text"].asString()});
    }
    if (notes.toValue() != *value)
        return invalid("a member is missing, unknown or of the wrong kind");
    if (!note->isSignedBy(signer, *key))
        return fail(ErrorCode::Corrupt, "the signature of the reviewer's notes does not verify");
    return notes;
}

bool ReviewerNotes::belongTo(const SealedManifest& manifest) const
{
    return origin == manifest.origin && entries == manifest.entries && root == manifest.root;
}

} // namespace cordon::record
