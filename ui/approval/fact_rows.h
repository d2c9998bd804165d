#pragma once

#include "core/domain/approval.h"
#include "ui/approval/fact_text.h"

#include <vector>

namespace cordon::ui::approval {

/// A label and the fact beside it.
struct FactRow
{
    QString key;              ///< of govern::RenderLine
    QString label;            ///< in the reader's language
    FactText* text = nullptr; ///< owned by the parent it was made with
};

/// What a person must read before deciding: the lines of the render, in its order, but for those that the form's header
/// and band show. Texts are the render's own; citations and pre-checks are laid out for reading from the same facts.
/// Empty when the request cannot be rendered.
[[nodiscard]] std::vector<FactRow> factRows(const ApprovalRequest& request, QWidget* parent);

} // namespace cordon::ui::approval
