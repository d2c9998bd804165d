#include "core/detect/folded_fields.h"

#include "core/detect/text_fold.h"

namespace cordon::detect {

void FoldedFields::start(std::size_t fieldCount)
{
    if (m_slots.size() < fieldCount)
        m_slots.resize(fieldCount);
    for (const FieldIndex field : m_filled)
        m_slots[field].isFilled = false;
    m_filled.clear();
    m_hasRaw = false;
    m_hasScalars = false;
}

std::span<const std::string> FoldedFields::of(const EventView& view, FieldIndex field)
{
    Slot& slot = m_slots[field];
    if (!slot.isFilled) {
        const std::span<const FieldValue> values = view.values(field);
        if (slot.texts.size() < values.size())
            slot.texts.resize(values.size());
        for (std::size_t at = 0; at < values.size(); ++at)
            foldInto(values[at].text, slot.texts[at]);
        slot.count = values.size();
        slot.isFilled = true;
        m_filled.push_back(field);
    }
    return {slot.texts.data(), slot.count};
}

const std::string& FoldedFields::raw(const EventView& view)
{
    if (!m_hasRaw)
        foldInto(view.raw(), m_raw);
    m_hasRaw = true;
    return m_raw;
}

const std::string& FoldedFields::scalars(const EventView& view)
{
    if (!m_hasScalars) {
        m_unfolded.clear();
        view.eachScalar([this](std::string_view text) {
            m_unfolded += text;
            m_unfolded += '\n';
            return true;
        });
        foldInto(m_unfolded, m_scalars);
    }
    m_hasScalars = true;
    return m_scalars;
}

std::string_view FoldedFields::scalar(std::string_view text)
{
    foldInto(text, m_scalar);
    return m_scalar;
}

} // namespace cordon::detect
