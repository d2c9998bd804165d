#include "ui/dialogs/import_dialog.h"

#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

constexpr int firstYear = 1970;
constexpr int lastYear = 2199;

bool isAny(const engine::LogLooks& looks, bool engine::LogLook::* what)
{
    return std::any_of(looks.files.begin(), looks.files.end(), [what](const engine::LogLook& look) { return look.*what; });
}

QString whatIsMissing(const engine::LogLook& look)
{
    if (look.needsMap)
        return text::plainLine(look.reason);
    if (look.needsZone && look.lacksYear)
        return ImportDialog::tr("its times name neither zone nor year");
    if (look.needsZone)
        return ImportDialog::tr("its times name no zone");
    return look.lacksYear ? ImportDialog::tr("its times name no year") : ImportDialog::tr("nothing");
}

} // namespace

ImportDialog::ImportDialog(engine::LogLooks looks, bool takesMaps, QWidget* parent)
    : PlainDialog(tr("Import logs"), parent)
    , m_looks(std::move(looks))
    , m_files(new QTreeWidget(this))
    , m_zone(new QComboBox(this))
    , m_offset(new QLineEdit(this))
    , m_year(new QSpinBox(this))
    , m_map(new QLineEdit(this))
    , m_follow(new QCheckBox(tr("&Follow from now on"), this))
    , m_missing(label({}, TextRole::Body, QStringLiteral("medium"), this))
{
    resize(820, 560);
    for (const std::string& zone : m_looks.zones)
        m_zones += QString::fromStdString(zone);
    addList();
    addFields(takesMaps);
    m_missing->setWordWrap(true);
    body()->addWidget(m_missing);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    m_accept = addButton(button(tr("&Import"), ButtonLook::Primary, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_accept, &QPushButton::clicked, this, [this] {
        emit answered(wish());
        accept();
    });
    show(m_looks);
    m_zone->setFocus();
}

void ImportDialog::addList()
{
    m_files->setAccessibleName(tr("Files to import"));
    m_files->setHeaderLabels({tr("File"), tr("Recognised as"), tr("Does not say")});
    m_files->setRootIsDecorated(false);
    m_files->setUniformRowHeights(true);
    m_files->setColumnWidth(0, 300);
    m_files->setColumnWidth(1, 150);
    m_files->header()->setStretchLastSection(true);
    body()->addWidget(m_files, 1);
}

void ImportDialog::addFields(bool takesMaps)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const QString& name, QWidget* field, const QString& help) {
        auto* title = new QLabel(name, this);
        title->setBuddy(field);
        field->setAccessibleName(QString(name).remove(QLatin1Char('&')));
        field->setAccessibleDescription(help);
        grid->addWidget(title, row, 0);
        grid->addWidget(field, row, 1);
        grid->addWidget(label(help, TextRole::Small, QStringLiteral("dim"), this), row++, 2);
    };
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItems(m_zones);
    m_zone->setCurrentIndex(-1);
    m_zone->lineEdit()->setPlaceholderText(tr("Choose a zone, or write an offset"));
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    dressCompleter(m_zone);
    add(tr("Time &zone"), m_zone, tr("of times that name none: Europe/Berlin, UTC, +02:00"));
    m_offset->setPlaceholderText(tr("0:00:00"));
    add(tr("Clock &offset"), m_offset, tr("added to every time, h:m:s; -0:01:30 for a clock that was fast"));
    m_year->setRange(firstYear - 1, lastYear);
    m_year->setSpecialValueText(tr("by the file's date"));
    m_year->setValue(firstYear - 1);
    m_year->setButtonSymbols(QAbstractSpinBox::NoButtons);
    add(tr("&Year"), m_year, tr("of the first time that names none, as in old syslog"));
    m_map->setReadOnly(true);
    m_map->setEnabled(takesMaps);
    m_map->setPlaceholderText(takesMaps ? tr("none") : tr("given when a case is made"));
    add(tr("&Map"), m_map, tr("says what columns or fields of your own log mean"));
    QPushButton* browse = button(tr("&Browse…"), ButtonLook::Plain, this);
    browse->setAccessibleName(tr("Browse for a map"));
    browse->setEnabled(takesMaps);
    grid->addWidget(browse, row - 1, 3);
    body()->addLayout(grid);
    m_follow->setAccessibleName(tr("Follow from now on"));
    m_follow->setToolTip(tr("What comes into these files and folders later is read, too. A case that begins with followed logs is no rehearsal."));
    body()->addWidget(m_follow);
    connect(browse, &QPushButton::clicked, this, &ImportDialog::chooseMap);
    connect(m_zone, &QComboBox::currentTextChanged, this, &ImportDialog::check);
    connect(m_offset, &QLineEdit::textChanged, this, &ImportDialog::check);
}

void ImportDialog::show(const engine::LogLooks& looks)
{
    m_looks = looks;
    m_files->clear();
    for (const engine::LogLook& look : m_looks.files) {
        const QString path = text::plainLine(look.file.string());
        auto* item = new QTreeWidgetItem(m_files, {path.section(QLatin1Char('/'), -1),
                                                   look.source.empty() ? tr("not recognised") : text::plainLine(look.source),
                                                   whatIsMissing(look)});
        item->setToolTip(0, path);
        item->setToolTip(2, item->text(2));
    }
    if (m_looks.notLookedAt > 0)
        new QTreeWidgetItem(m_files, {tr("and %n more file(s)", nullptr, static_cast<int>(m_looks.notLookedAt)), tr("not looked at")});
    if (m_files->topLevelItemCount() > 0)
        m_files->setCurrentItem(m_files->topLevelItem(0));
    m_year->setEnabled(isAny(m_looks, &engine::LogLook::lacksYear));
    check();
}

void ImportDialog::say(const QString& problem)
{
    m_missing->setText(problem);
}

void ImportDialog::setFollowing(bool follows)
{
    m_follow->setChecked(follows);
    m_follow->setEnabled(!follows);
}

bool ImportDialog::isClear(const engine::LogLooks& looks)
{
    return !isAny(looks, &engine::LogLook::needsZone) && !isAny(looks, &engine::LogLook::needsMap) &&
           !isAny(looks, &engine::LogLook::lacksYear);
}

bool ImportDialog::needsZone() const
{
    return isAny(m_looks, &engine::LogLook::needsZone);
}

std::optional<qint64> ImportDialog::secondsOf(const QString& text)
{
    static const QRegularExpression shape(QStringLiteral("^([+-]?)(\\d{1,5}):([0-5]?\\d):([0-5]?\\d)$"));
    if (text.trimmed().isEmpty())
        return 0;
    const QRegularExpressionMatch match = shape.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const qint64 seconds = match.captured(2).toLongLong() * 3600 + match.captured(3).toLongLong() * 60 + match.captured(4).toLongLong();
    return match.captured(1) == QLatin1String("-") ? -seconds : seconds;
}

void ImportDialog::check()
{
    const QString zone = m_zone->currentText().trimmed();
    static const QRegularExpression offset(QStringLiteral("^[+-](0?\\d|1[0-4])(:[0-5]\\d)?$"));
    const bool isZoneGood = zone.isEmpty() || m_zones.contains(zone) || offset.match(zone).hasMatch();
    QString missing;
    if (!isZoneGood)
        missing = tr("%1 is no time zone that this machine knows.").arg(zone);
    else if (zone.isEmpty() && needsZone())
        missing = tr("Choose the time zone of the logs' times: they name none, and it is not guessed.");
    else if (!secondsOf(m_offset->text()))
        missing = tr("The clock offset is written as hours, minutes and seconds, such as -0:01:30.");
    m_accept->setEnabled(missing.isEmpty());
    if (missing.isEmpty() && isAny(m_looks, &engine::LogLook::needsMap))
        missing = tr("Files that are not recognised are kept as evidence and listed; a map makes their records readable.");
    m_missing->setText(missing);
}

void ImportDialog::chooseMap()
{
    auto* dialog = new QFileDialog(this, tr("Choose a field map"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Field maps (*.yml *.yaml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_map->setText(path);
        emit mapsChosen({path});
    });
    dialog->open();
}

bridge::ImportWish ImportDialog::wish() const
{
    bridge::ImportWish wish;
    wish.zone = m_zone->currentText().trimmed();
    wish.offsetSeconds = secondsOf(m_offset->text()).value_or(0);
    wish.year = m_year->isEnabled() && m_year->value() >= firstYear ? m_year->value() : 0;
    if (!m_map->text().isEmpty())
        wish.maps = QStringList{m_map->text()};
    wish.follows = m_follow->isChecked();
    return wish;
}

} // namespace cordon::ui::dialogs
