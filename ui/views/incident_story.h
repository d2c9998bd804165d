#pragma once

#include "core/domain/finding.h"
#include "ui/widgets/story_text.h"

#include <vector>

namespace cordon::ui::views {

/// The narrator's sentences with citations numbered in the order told, then the identity changes before the attack.
struct IncidentStory
{
    std::vector<widgets::StoryText::Sentence> sentences;
    std::vector<std::vector<EventId>> cited; ///< link "cite:<n>" opens cited[n]
};

[[nodiscard]] IncidentStory storyOf(const Brief& brief);

} // namespace cordon::ui::views
