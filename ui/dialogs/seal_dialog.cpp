#include "ui/dialogs/seal_dialog.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/travel/qr_view.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>

namespace cordon::ui::dialogs {

using namespace widgets;

SealDialog::SealDialog(bridge::CaseQueries& queries, bridge::Commander& commander, QString place, QString home, QWidget* parent)
    : WorkDialog(tr("Seal the case"), tr("&Seal"), parent)
    , m_commander(commander)
    , m_place(std::move(place))
    , m_home(std::move(home))
    , m_what(new QComboBox(this))
    , m_sheet(new QCheckBox(tr("Write a transfer sheet beside it, with hash and fingerprint as a QR code"), this))
{
    fillIncidents(m_what, queries, tr("The whole case"));
    addField(tr("&What"), m_what, tr("An incident goes with its own entries, the records that it cites, and a proof for each entry. What stays behind is counted."));
    m_out = addPlace(tr("&File"), Choice::SaveFile, tr("Sealed cases (*.cordonz)"));
    m_sheet->setChecked(true);
    body()->addWidget(m_sheet);
    QLabel* hint = label(tr("The file is signed, and nothing in it can be changed unseen. It is not encrypted: who has it can read the case, but evidence that is encrypted stays so."),
                         TextRole::Small, QStringLiteral("dim"), this);
    hint->setWordWrap(true);
    body()->addWidget(hint);
    addEnd();
    proposeName();
    connect(m_what, &QComboBox::currentIndexChanged, this, &SealDialog::proposeName);
}

void SealDialog::proposeName()
{
    const QFileInfo folder(QDir::cleanPath(m_place));
    const QString incident = m_what->currentData().toString();
    const QString name = folder.completeBaseName() + (incident.isEmpty() ? QString() : QLatin1Char('-') + incident);
    m_out->setText(folder.dir().filePath(name + QStringLiteral(".cordonz")));
}

void SealDialog::startWork()
{
    const QString out = m_out->text().trimmed();
    if (!out.endsWith(QLatin1String(".cordonz")))
        return say(tr("A sealed case’s name ends with .cordonz."), QStringLiteral("critical"));
    exports::SealWish wish;
    wish.place = m_place.toStdString();
    wish.incident = m_what->currentData().toString().toStdString();
    wish.out = out.toStdString();
    if (m_sheet->isChecked())
        wish.sheet = (out.chopped(8) + QStringLiteral(".html")).toStdString();
    wish.options.home = m_home.toStdString();
    wish.options.sealedBy = m_commander.person().isEmpty() ? std::string("user:local") : m_commander.person().toStdString();
    wish.options.program = "cordon " + std::string(engine::versionText);
    if (QFileInfo::exists(out))
        return say(tr("There is a file of that name already; a sealed case is never replaced."), QStringLiteral("critical"));
    delete std::exchange(m_result, nullptr);
    begin(tr("Signing the ledger…"));
    work().run<exports::SealOutcome>(
        [wish](const bridge::LongWork::Told& told, const std::stop_token& stop) mutable {
            wish.options.progress = told;
            wish.options.stop = stop;
            return exports::sealForHandover(wish, MachineClock());
        },
        [this](const Result<exports::SealOutcome>& outcome) {
            if (!outcome)
                return end(wordsOf(outcome.error()), QStringLiteral("critical"));
            end(outcome->isNoted ? tr("Sealed. Tell the receiver hash and fingerprint by another way than the file itself goes.")
                                 : tr("Sealed as far as the ledger was signed: another process holds the case, so that it is not noted there."),
                QStringLiteral("good"));
            showOutcome(*outcome);
        });
}

void SealDialog::showOutcome(const exports::SealOutcome& outcome)
{
    m_result = new QWidget(this);
    m_result->setObjectName(QStringLiteral("sealed"));
    auto* row = new QHBoxLayout(m_result);
    row->setContentsMargins(0, 6, 0, 0);
    const QString digest = QString::fromStdString(outcome.file.digest.hex());
    const QString key = QString::fromStdString(outcome.file.manifest.key.fingerprint());
    auto* column = new QVBoxLayout;
    const auto add = [&](const QString& name, const QString& value) {
        column->addWidget(label(name, TextRole::Small, QStringLiteral("dim"), m_result));
        QLabel* line = monoLabel(value, {}, m_result);
        line->setWordWrap(true);
        line->setAccessibleName(name + QLatin1Char(' ') + value);
        column->addWidget(line);
    };
    add(tr("SHA-256 of the file"), digest.left(32) + QLatin1Char('\n') + digest.mid(32));
    add(tr("Fingerprint of the ledger’s key"), key);
    add(tr("Ledger entries"), text::count(outcome.file.manifest.entries));
    column->addStretch(1);
    row->addLayout(column, 1);
    row->addWidget(new travel::QrView(QString::fromStdString(exports::transferQrText(outcome.file)), m_result));
    body()->addWidget(m_result);
}

} // namespace cordon::ui::dialogs
