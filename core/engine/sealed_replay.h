#pragma once

#include "core/crypto/secret_bytes.h"
#include "core/engine/case_reader.h"
#include "core/value/value.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace cordon::engine {

/// What a case is gone through again with.
struct ReplayWish
{
    std::filesystem::path place;     ///< a case folder or a sealed case; only read
    std::filesystem::path home = {}; ///< $CORDON_HOME, where the key of encrypted evidence may be
    std::shared_ptr<const crypto::SecretBytes> evidencePassphrase = {}; ///< under which that key lies; null: under none
    std::filesystem::path resources;
    std::vector<std::filesystem::path> rules; ///< further rule files and folders
    bool usesBuiltinRules = true;
    std::filesystem::path placeholders;
    std::optional<std::filesystem::path> mandate; ///< past decisions are judged again under this text
    std::filesystem::path scratch;   ///< below it a folder for the owner alone is made, and taken away at the end
    std::function<void(const std::string& stage)> progress; ///< may be empty
};

/// Detects and plans again from the sealed logs, in a case of its own that nobody keeps and that nothing acts in, and
/// says what would differ:
/// `{"alerts":{"same","new":[…],"gone":[…]},"incidents":{"same","new","gone"},"steps":{"same","new","gone"},
///   "decisions":{"judged","same","different":[…],"unjudged"}}`. Source: docs/formats/cli.md, "replay"
[[nodiscard]] Result<Value> replayCase(const ReplayWish& wish, const std::stop_token& stop);
/// The same for a terminal.
[[nodiscard]] std::string replayText(const Value& differences);

} // namespace cordon::engine
