#include "ui/approval/fact_rows.h"

#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "ui/text/state_words.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>

#include <array>
#include <map>

namespace cordon::ui::approval {
namespace {

class FactRows
{
    Q_DECLARE_TR_FUNCTIONS(FactRows)
};

struct LabelWords
{
    const char* key;
    const char* english;
};

constexpr std::array<LabelWords, 17> labels{{
    {"will_do", QT_TRANSLATE_NOOP("FactRows", "Will do")},
    {"target", QT_TRANSLATE_NOOP("FactRows", "Target")},
    {"with", QT_TRANSLATE_NOOP("FactRows", "With")},
    {"environment", QT_TRANSLATE_NOOP("FactRows", "Environment")},
    {"because", QT_TRANSLATE_NOOP("FactRows", "Because")},
    {"events", QT_TRANSLATE_NOOP("FactRows", "Cited events")},
    {"as_of", QT_TRANSLATE_NOOP("FactRows", "As of")},
    {"blast_radius", QT_TRANSLATE_NOOP("FactRows", "Blast radius")},
    {"before", QT_TRANSLATE_NOOP("FactRows", "Now")},
    {"after", QT_TRANSLATE_NOOP("FactRows", "Afterwards")},
    {"checks", QT_TRANSLATE_NOOP("FactRows", "Before it runs")},
    {"undo", QT_TRANSLATE_NOOP("FactRows", "Undo")},
    {"still_open", QT_TRANSLATE_NOOP("FactRows", "Still open after")},
    {"residual_access", QT_TRANSLATE_NOOP("FactRows", "Residual access")},
    {"incident", QT_TRANSLATE_NOOP("FactRows", "Incident")},
    {"mandate", QT_TRANSLATE_NOOP("FactRows", "Mandate")},
    {"needs", QT_TRANSLATE_NOOP("FactRows", "Needs")},
}};

QString labelOf(const govern::RenderLine& line)
{
    for (const LabelWords& words : labels) {
        if (line.key == words.key)
            return FactRows::tr(words.english);
    }
    return QString::fromStdString(line.label);
}

QString escaped(const std::string& text)
{
    return QString::fromStdString(govern::escapedForPeople(text));
}

/// `11 events in evidence 9f2c41aa07be…: at byte 0, 812` for citations "digest:offset:length", a line per evidence; the
/// render's own line when one of them is written otherwise.
QString citations(const Value& events, const QString& otherwise)
{
    std::map<QString, QStringList> offsets;
    for (const Value& event : events.asArray()) {
        const QStringList parts = escaped(event.asString()).split(QLatin1Char(':'));
        if (parts.size() != 3 || parts[0].size() != 64)
            return otherwise;
        offsets[parts[0]].append(parts[1]);
    }
    QStringList lines;
    for (const auto& [digest, places] : offsets) {
        lines.append(FactRows::tr("%n event(s) in evidence %1…, at byte %2", nullptr, static_cast<int>(places.size()))
                         .arg(digest.left(12), places.join(QStringLiteral(", "))));
    }
    return lines.join(QLatin1Char('\n'));
}

/// A sign, not only a colour, for each pre-check.
QString checksLine(const Value& checks)
{
    QStringList items;
    for (const auto& [name, result] : checks.asObject()) {
        const QString words = text::checkWord(name);
        if (result.asString() == "true")
            items.append(FactRows::tr("✓ %1", "a pre-check that is met").arg(words));
        else if (result.asString() == "false")
            items.append(FactRows::tr("✗ %1: not met", "a pre-check").arg(words));
        else
            items.append(FactRows::tr("? %1: %2", "a pre-check, its result").arg(words, escaped(result.asString())));
    }
    items.replaceInStrings(QStringLiteral(" "), QString(QChar::Nbsp)); // a line ends between checks, not inside one
    return items.join(QStringLiteral("    "));
}

void markTarget(FactText& text, const Action& action, const Value& facts)
{
    for (const EntityRef& target : action.targets)
        text.mark(QString::fromStdString(govern::escapedForPeople(target.id, 2048)), FactText::Face::Mono, true);
    for (const Value& known : facts["targets"].asArray()) {
        if (known["name"].asString() != known["id"].asString())
            text.mark(escaped(known["name"].asString()), FactText::Face::Interface, true);
        text.mark(escaped(known["owner"].asString()), FactText::Face::Interface, true);
    }
}

FactText* textFor(const govern::RenderLine& line, const ApprovalRequest& request, const Action& action, QWidget* parent)
{
    const theme::Tokens& tokens = theme::tokensOf(parent->palette());
    const QString shown = QString::fromStdString(line.text);
    if (line.key == "events")
        return new FactText(citations(request.facts["events"], shown), FactText::Face::Interface, parent);
    if (line.key == "checks") {
        auto* text = new FactText(checksLine(request.facts["prechecks"]), FactText::Face::Interface, parent);
        text->markAll(QStringLiteral("✓"), tokens.good);
        text->markAll(QStringLiteral("✗"), tokens.attacker);
        return text;
    }
    const bool isMono = line.key == "will_do" || line.key == "with";
    auto* text = new FactText(shown, isMono ? FactText::Face::Mono : FactText::Face::Interface, parent);
    const Verb* verb = findVerb(action.type);
    if (line.key == "target")
        markTarget(*text, action, request.facts);
    else if (line.key == "environment")
        text->mark(escaped(request.environment), FactText::Face::Interface, true);
    else if (line.key == "undo" && (!verb || verb->back == Back::None))
        text->setColor(tokens.attacker);
    return text;
}

} // namespace

std::vector<FactRow> factRows(const ApprovalRequest& request, QWidget* parent)
{
    std::vector<FactRow> rows;
    const auto lines = govern::renderLines(request);
    const auto action = govern::actionFromBytes(request.actionBytes);
    if (!lines || !action)
        return rows;
    for (const govern::RenderLine& line : *lines) {
        if (line.key == "exercise" || line.key == "tier" || line.key == "digest")
            continue;
        rows.push_back({QString::fromStdString(line.key), labelOf(line), textFor(line, request, *action, parent)});
    }
    return rows;
}

} // namespace cordon::ui::approval
