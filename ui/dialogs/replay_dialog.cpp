#include "ui/dialogs/replay_dialog.h"

#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

ReplayDialog::ReplayDialog(QString place, QString home, QString resources, QWidget* parent)
    : WorkDialog(tr("Replay with other rules or another mandate"), tr("&Replay"), parent)
    , m_place(std::move(place))
    , m_home(std::move(home))
    , m_resources(std::move(resources))
    , m_own(new QCheckBox(tr("With Cordon’s &own rules"), this))
    , m_differences(new QPlainTextEdit(this))
{
    resize(760, 560);
    QLabel* what = label(tr("The sealed logs are gone through again. The case is only read; what would differ is shown, and nothing acts."),
                         TextRole::Body, QStringLiteral("dim"), this);
    what->setWordWrap(true);
    body()->insertWidget(0, what);
    m_rules = addPlace(tr("&Further rules"), Choice::Folder, {}, tr("A folder of Sigma rules, or one rule file; none: the own ones alone."));
    m_mandate = addPlace(tr("&Mandate"), Choice::OpenFile, tr("Mandates (*.yaml *.yml)"), tr("Past decisions are judged again under it."));
    m_own->setChecked(true);
    body()->addWidget(m_own);
    addEnd();
    m_differences->setReadOnly(true);
    m_differences->setFont(theme::monoFont(12));
    m_differences->setAccessibleName(tr("What would differ"));
    m_differences->setPlaceholderText(tr("What would differ stands here."));
    body()->addWidget(m_differences, 1);
}

void ReplayDialog::startWork()
{
    engine::ReplayWish wish;
    wish.place = m_place.toStdString();
    wish.home = m_home.toStdString();
    wish.resources = m_resources.toStdString();
    wish.usesBuiltinRules = m_own->isChecked();
    wish.scratch = QDir::tempPath().toStdString();
    if (const QString rules = m_rules->text().trimmed(); !rules.isEmpty())
        wish.rules = {rules.toStdString()};
    if (const QString mandate = m_mandate->text().trimmed(); !mandate.isEmpty())
        wish.mandate = mandate.toStdString();
    if (!wish.usesBuiltinRules && wish.rules.empty())
        return say(tr("Without any rule nothing would be found. Choose rules."), QStringLiteral("critical"));
    m_differences->clear();
    begin(tr("Going through the logs…"));
    work().run<std::string>(
        [wish](const bridge::LongWork::Told& told, const std::stop_token& stop) -> Result<std::string> {
            told(0, 0);
            CORDON_TRY(const Value differences, engine::replayCase(wish, stop));
            return engine::replayText(differences);
        },
        [this](const Result<std::string>& differences) {
            if (!differences)
                return end(wordsOf(differences.error()), QStringLiteral("critical"));
            end(tr("Done. The case was not changed."), QStringLiteral("good"));
            m_differences->setPlainText(QString::fromStdString(*differences));
        });
}

} // namespace cordon::ui::dialogs
