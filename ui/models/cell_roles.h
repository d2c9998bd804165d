#pragma once

#include <Qt>

namespace cordon::ui::models {

/// What every table model answers beside the words. Delegates choose looks.
enum CellRole {
    ToneRole = Qt::UserRole + 1, ///< QString: a theme tone, "" for plain
    DotRole,                     ///< bool: a dot stands before the word
    MonoRole,                    ///< bool: an identifier, time or digest
    KeyRole,                     ///< what the row is: an id as QString or number
};

} // namespace cordon::ui::models
