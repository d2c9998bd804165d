#pragma once

#include "app/bench/measure.h"
#include "core/platform/file.h"

#include <vector>

namespace cordon::bench {

using platform::Path;

/// simdjson's DOM parser over each record, one after another, from memory: what a program that needs the whole record
/// pays at least. Framing and reading are not counted.
[[nodiscard]] Result<Measure> domParse(const Path& file);
/// The same parser left alone with the file: JSON lines through `parse_many`, one document in one `parse`.
[[nodiscard]] Result<Measure> domParseWhole(const Path& file);
/// Name of the instruction set that simdjson chose.
[[nodiscard]] std::string domParserKind();

/// Reading and framing, nothing looked into.
[[nodiscard]] Result<Measure> framing(const Path& file);
/// Reading a Windows event log and writing its binary XML as JSON, nothing looked into.
[[nodiscard]] Result<Measure> evtxDecoding(const Path& file);

/// Which rules to measure with.
struct RuleWish
{
    std::string name;
    std::vector<Path> folders; ///< beside Cordon's own
    bool usesOwn = true;
    int indicators = 0; ///< made up, of every kind; looked for in each record
};
/// Reading, framing, parsing and matching on one thread; nothing sealed, stored or normalised.
[[nodiscard]] Result<Measure> detection(const Path& file, const Path& resources, const RuleWish& rules);
/// The same on two threads, each of which reads the whole file for itself, as two delivery files would be.
[[nodiscard]] Result<Measure> detectionOnTwoThreads(const Path& file, const Path& resources, const RuleWish& rules);

/// The whole job on a new case below `folder`, which is removed again: every byte sealed, every event stored,
/// incidents, sequences and an exercise tenant made from the log.
[[nodiscard]] Result<Measure> wholeJob(const Path& file, const Path& resources, const Path& folder);

} // namespace cordon::bench
