#pragma once

#include "core/domain/event_view.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// The folded texts of one record's fields, each made when it is first asked for. Reuses its memory from record to
/// record. Belongs to one thread.
class FoldedFields
{
public:
    /// Forgets the record before.
    void start(std::size_t fieldCount);
    /// One text per value of the field, in the same order.
    [[nodiscard]] std::span<const std::string> of(const EventView& view, FieldIndex field);
    /// The whole record, folded.
    [[nodiscard]] const std::string& raw(const EventView& view);
    /// Every scalar's text, folded, one to a line.
    [[nodiscard]] const std::string& scalars(const EventView& view);
    /// Any text, folded; valid until the next call.
    [[nodiscard]] std::string_view scalar(std::string_view text);

private:
    struct Slot
    {
        bool isFilled = false;
        std::vector<std::string> texts; ///< never shrinks, so that the strings keep their memory
        std::size_t count = 0;
    };
    std::vector<Slot> m_slots;
    std::vector<FieldIndex> m_filled;
    std::string m_raw;
    std::string m_scalar;
    bool m_hasRaw = false;
    std::string m_unfolded;
    std::string m_scalars;
    bool m_hasScalars = false;
};

} // namespace cordon::detect
