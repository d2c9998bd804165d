#include "ui/text/refusals.h"

#include "core/words/words.h"
#include "ui/text/texts.h"

#include <QRegularExpression>

namespace cordon::ui::text {

QString withRefusalsInWords(const QString& complaint)
{
    static const QRegularExpression shape(QStringLiteral("(?:cordon_approve: |refused: )([a-z_]+)(?:: [^\n]*)?"));
    QString told = complaint;
    auto found = shape.match(told);
    while (found.hasMatch()) {
        const std::string code = "approval.refused." + found.captured(1).toStdString();
        const bool isKnown = cordon::words::catalogue().contains(code);
        const QString said = isKnown ? sentence(Text{code, {}}) : found.captured(0);
        told.replace(found.capturedStart(), found.capturedLength(), said);
        found = shape.match(told, found.capturedStart() + said.size());
    }
    return told;
}

} // namespace cordon::ui::text
