#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// What tells to which event a raw audit record belongs. Borrowed from its line.
/// Source: docs/formats/event.md, "auditd"
struct AuditHead
{
    std::string_view node; ///< "" when the line names none
    std::string_view type; ///< SYSCALL, PATH, USER_LOGIN…; a kernel's number stays a number where it is not known
    std::string_view time; ///< seconds and fraction since 1970, as written
    std::string_view serial;
    std::string_view body; ///< what stands behind the head

    [[nodiscard]] bool isSameEvent(const AuditHead& other) const
    {
        return serial == other.serial && time == other.time && node == other.node;
    }
    /// When the kernel made the event.
    [[nodiscard]] Timestamp moment() const;
};

/// The head of a line; nothing when it is no audit record. Whatever a transport put before `node=` or `type=` is passed
/// over.
[[nodiscard]] std::optional<AuditHead> parseAuditHead(std::string_view line);

/// One field of a record, decoded: hexadecimal texts are the bytes that they stand for.
using AuditField = std::pair<std::string, std::string>;

/// The fields of a record's body in their order, those of the nested message and of the enriched part too.
/// @param type  of the record: the arguments of EXECVE are texts, those of SYSCALL numbers
[[nodiscard]] std::vector<AuditField> parseAuditFields(std::string_view type, std::string_view body);

/// The bytes that an even number of upper-case hexadecimal digits stands for; nothing for any other text.
[[nodiscard]] std::optional<std::string> decodeAuditHex(std::string_view text);

} // namespace cordon::ingest
