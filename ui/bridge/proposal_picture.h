#pragma once

#include "core/domain/entity.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace cordon::ui::bridge {

/// What a proposed sequence says, in plain lines, and what of it is not of this incident; "" for a text that is none. Nothing
/// but a picture: the engine reads the text for itself.
[[nodiscard]] QString proposalPicture(const QByteArray& text, const std::vector<EntityRef>& members);

} // namespace cordon::ui::bridge
