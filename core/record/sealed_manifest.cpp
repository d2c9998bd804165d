#include "core/record/sealed_manifest.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::string_view format = "cordon-sealed-case-v1";

tl::unexpected<Error> invalid(const std::string& what)
{
    return fail(ErrorCode::Invalid, "not a manifest of a sealed case: " + what);
}

} // namespace

Value SealedManifest::toValue() const
{
    return Value::Object{
        {"format", format},
        {"holds", isWhole ? "case" : "incident"},
        {"incident", incident.empty() ? Value() : Value(incident)},
        {"case", caseName},
        {"origin", origin},
        {"exercise", isExercise},
        {"entries", entries},
        {"root", toBase64(ByteView(root.bytes))},
        {"key", key.toString()},
        {"parts", parts},
        {"bytes", static_cast<std::int64_t>(bytes)},
        {"list", list.hex()},
        {"sealed_at", sealedAt.toString()},
        {"sealed_by", sealedBy},
        {"program", program},
        {"redactions", redactions},
    };
}

Result<std::string> SealedManifest::toNote(const crypto::SigningKey& signer) const
{
    CORDON_TRY(std::string text, json::canonical(toValue()));
    crypto::SignedNote note{text + "\n", {}};
    note.sign(origin, signer);
    return note.toString();
}

Result<SealedManifest> SealedManifest::fromNote(std::string_view bytes)
{
    const auto note = crypto::SignedNote::parse(bytes);
    if (!note || note->toString() != bytes || note->signatures.size() != 1)
        return invalid("it is no signed note with one signature");
    const std::string& text = note->text;
    auto value = json::parse(text);
    if (!value || !value->isObject())
        return invalid("its text is no JSON");
    const auto canonical = json::canonical(*value);
    if (!canonical || *canonical + "\n" != text)
        return invalid("its text is not canonical");
    if ((*value)["format"].asString() != format)
        return fail(ErrorCode::Unsupported, "this program does not know the format of this sealed case");
    SealedManifest manifest;
    manifest.isWhole = (*value)["holds"].asString() == "case";
    manifest.incident = (*value)["incident"].asString();
    manifest.caseName = (*value)["case"].asString();
    manifest.origin = (*value)["origin"].asString();
    manifest.isExercise = (*value)["exercise"].asBool();
    manifest.entries = (*value)["entries"].asInt(-1);
    manifest.parts = (*value)["parts"].asInt(-1);
    manifest.bytes = static_cast<std::uint64_t>((*value)["bytes"].asInt(-1));
    manifest.sealedBy = (*value)["sealed_by"].asString();
    manifest.program = (*value)["program"].asString();
    manifest.redactions = (*value)["redactions"];
    const auto root = fromBase64((*value)["root"].asString());
    const auto list = Digest::fromHex((*value)["list"].asString());
    const auto at = Timestamp::parse((*value)["sealed_at"].asString());
    const auto key = crypto::PublicKey::parse((*value)["key"].asString());
    if (!root || root->size() != manifest.root.bytes.size() || !list || !at || !key)
        return invalid("root, list, time or key cannot be read");
    std::copy(root->begin(), root->end(), manifest.root.bytes.begin());
    manifest.list = *list;
    manifest.sealedAt = *at;
    manifest.key = *key;
    if (manifest.toValue() != *value || manifest.entries < 1 || manifest.isWhole != manifest.incident.empty())
        return invalid("a member is missing, unknown or of the wrong kind");
    for (const std::string& told : {manifest.caseName, manifest.incident, manifest.origin, manifest.sealedBy, manifest.program}) {
        if (std::any_of(told.begin(), told.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
            return invalid("control characters in a name");
    }
    if (!note->isSignedBy(manifest.origin, *key))
        return fail(ErrorCode::Corrupt, "the signature of the sealed case's manifest does not verify");
    return manifest;
}

} // namespace cordon::record
