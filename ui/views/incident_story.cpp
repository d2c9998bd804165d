#include "ui/views/incident_story.h"

#include "ui/text/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cordon::ui::views {
namespace {

using Sentence = widgets::StoryText::Sentence;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(IncidentStory)
};

/// Numbers each event once; a run of new numbers is shown as "4–9".
class Numbering
{
public:
    QString shown(const std::vector<EventId>& events)
    {
        int low = 0;
        int high = 0;
        for (const EventId event : events) {
            const int number = m_numbers.emplace(event, static_cast<int>(m_numbers.size()) + 1).first->second;
            low = low == 0 ? number : std::min(low, number);
            high = std::max(high, number);
        }
        return low == high ? QString::number(low) : QStringLiteral("%1–%2").arg(low).arg(high);
    }
    [[nodiscard]] int count() const { return static_cast<int>(m_numbers.size()); }

private:
    std::map<EventId, int> m_numbers;
};

void cite(IncidentStory& story, Sentence& sentence, Numbering& numbers, const std::vector<EventId>& events)
{
    if (events.empty())
        return;
    widgets::StoryText::Citation citation;
    citation.shown = numbers.shown(events);
    citation.link = QStringLiteral("cite:%1").arg(story.cited.size());
    citation.tip = Words::tr("Open the exact bytes of %n event(s)", nullptr, static_cast<int>(events.size()));
    story.cited.push_back(events);
    sentence.cites.push_back(std::move(citation));
}

bool isTold(const Brief& brief, const Text& text)
{
    return std::any_of(brief.story.begin(), brief.story.end(), [&](const Finding& finding) { return finding.text == text; });
}

} // namespace

IncidentStory storyOf(const Brief& brief)
{
    IncidentStory story;
    Numbering numbers;
    for (const Finding& finding : brief.story) {
        Sentence sentence;
        sentence.html = text::richSentence(finding.text);
        const bool isAboutChanges = finding.text.code.rfind("story.identity_changes", 0) == 0;
        const bool isChange = finding.text.code.rfind("change.", 0) == 0;
        sentence.startsLine = isAboutChanges || isChange;
        sentence.tone = sentence.startsLine ? QStringLiteral("dim") : QString();
        cite(story, sentence, numbers, finding.cites);
        story.sentences.push_back(std::move(sentence));
    }
    for (const IdentityChange& change : brief.identityChanges) {
        if (change.isInsideIncident || isTold(brief, change.text))
            continue;
        Sentence sentence;
        sentence.html = text::richSentence(change.text);
        sentence.tone = QStringLiteral("dim");
        sentence.startsLine = true;
        cite(story, sentence, numbers, {change.event});
        story.sentences.push_back(std::move(sentence));
    }
    Sentence close;
    close.html = story.sentences.empty()
                     ? Words::tr("The story is being written.").toHtmlEscaped()
                     : Words::tr("Built-in narrator, %n cited event(s).", nullptr, numbers.count()).toHtmlEscaped();
    close.tone = QStringLiteral("faint");
    close.startsLine = true;
    story.sentences.push_back(std::move(close));
    return story;
}

} // namespace cordon::ui::views
