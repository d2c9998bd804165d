#include "ui/dialogs/arrange_dialog.h"

#include "ui/models/choices.h"
#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <tuple>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

constexpr int mostAlerts = 400; ///< that one order may name
constexpr int hintWidth = 580;  ///< pixels, in the narrowest dialog

void addRow(QListWidget* list, const QString& text, const std::string& id, bool isChecked)
{
    auto* item = new QListWidgetItem(text, list);
    item->setData(Qt::UserRole, QString::fromStdString(id));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(isChecked ? Qt::Checked : Qt::Unchecked);
    item->setToolTip(text);
}

Value::Array checked(const QListWidget* list)
{
    Value::Array ids;
    for (int i = 0; i < list->count(); ++i) {
        if (list->item(i)->checkState() == Qt::Checked)
            ids.emplace_back(list->item(i)->data(Qt::UserRole).toString().toStdString());
    }
    return ids;
}

QString lineOf(const engine::IncidentRow& row)
{
    return ArrangeDialog::tr("%1 · %2 · %3", "incident, time, title")
        .arg(QString::fromStdString(toString(row.id)), text::momentMinutes(row.firstSeen), text::sentence(row.title));
}

QString lineOf(const engine::ArrangementRow& row)
{
    QStringList what;
    for (const auto* list : {&row.others, &row.alerts}) {
        for (const std::string& id : *list)
            what += text::plainLine(id);
    }
    if (what.size() > 6)
        what = what.mid(0, 6) + QStringList{QStringLiteral("…")};
    const QString names = what.join(QStringLiteral(", "));
    const QString incident = text::plainLine(row.incident);
    const QString act = row.act == "merge"   ? ArrangeDialog::tr("%1 merged into %2").arg(names, incident)
                        : row.act == "split" ? ArrangeDialog::tr("%1 split off %2").arg(names, incident)
                                             : ArrangeDialog::tr("%1 moved to %2").arg(names, incident);
    return ArrangeDialog::tr("%1 · %2 · %3 · %4", "order, what, person, reason")
        .arg(text::plainLine(row.id), act, text::personName(row.by), text::plainLine(row.why, 120));
}

} // namespace

ArrangeDialog::ArrangeDialog(const Picture& picture, QWidget* parent)
    : PlainDialog(tr("Arrange %1").arg(QString::fromStdString(toString(picture.detail.incident.id))), parent)
    , m_incident(toString(picture.detail.incident.id))
    , m_acts(new QButtonGroup(this))
    , m_others(list(tr("Incidents to merge into this one")))
    , m_alerts(list(tr("Alerts of this incident")))
    , m_toTitle(label(tr("To which incident"), TextRole::Small, QStringLiteral("dim"), this))
    , m_to(new QComboBox(this))
    , m_orders(list(tr("Orders that stand")))
    , m_hint(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_reason(new QPlainTextEdit(this))
    , m_accept(button({}, ButtonLook::Primary, this))
{
    setMinimumWidth(640);
    addChoices(picture);
    addLists(picture);
    m_hint->setWordWrap(true);
    body()->addWidget(m_hint);
    QLabel* field = label(tr("Reason, for the ledger"), TextRole::Small, QStringLiteral("dim"), this);
    field->setBuddy(m_reason);
    body()->addWidget(field);
    m_reason->setAccessibleName(field->text());
    m_reason->setTabChangesFocus(true);
    m_reason->setMaximumHeight(70);
    body()->addWidget(m_reason);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    addButton(m_accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_acts, &QButtonGroup::idClicked, this, &ArrangeDialog::showState);
    for (QListWidget* one : {m_others, m_alerts})
        connect(one, &QListWidget::itemChanged, this, &ArrangeDialog::showState);
    connect(m_orders, &QListWidget::itemSelectionChanged, this, &ArrangeDialog::showState);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &ArrangeDialog::showState);
    connect(m_accept, &QPushButton::clicked, this, [this] {
        static constexpr std::array<const char*, 4> names{"merge", "split", "move", "undo-arrangement"};
        emit answered(QString::fromLatin1(names[static_cast<std::size_t>(m_acts->checkedId())]), arguments());
        QDialog::accept();
    });
    showState();
    cancel->setFocus();
}

QListWidget* ArrangeDialog::list(const QString& name)
{
    auto* made = new QListWidget(this);
    made->setAccessibleName(name);
    made->setMinimumHeight(150);
    made->setTextElideMode(Qt::ElideRight); // the tool tip has the whole line
    made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return made;
}

void ArrangeDialog::addChoices(const Picture& picture)
{
    const bool hasOthers = picture.incidents.size() > 1;
    const bool hasSeveral = picture.detail.alerts.size() > 1;
    const bool hasOrders = std::any_of(picture.orders.begin(), picture.orders.end(),
                                       [](const engine::ArrangementRow& row) { return row.undoneBy.empty(); });
    const std::tuple<Act, QString, bool> choices[] = {
        {Merge, tr("Merge other incidents into this one"), hasOthers},
        {Split, tr("Split alerts off, into an incident of their own"), hasSeveral},
        {Move, tr("Move alerts to another incident"), hasOthers},
        {Undo, tr("Take an order back"), hasOrders},
    };
    for (const auto& [act, words, isThere] : choices) {
        auto* choice = new QRadioButton(words, this);
        choice->setAccessibleName(words);
        choice->setEnabled(isThere);
        m_acts->addButton(choice, act);
        body()->addWidget(choice);
    }
    const Act first = !picture.chosen.empty() && hasSeveral ? Split : hasOthers ? Merge : hasSeveral ? Split : Undo;
    if (m_acts->button(first)->isEnabled())
        m_acts->button(first)->setChecked(true);
}

void ArrangeDialog::addLists(const Picture& picture)
{
    const IncidentId own = picture.detail.incident.id;
    for (const engine::IncidentRow& row : models::firstChoices(picture.incidents)) {
        if (row.id == own)
            continue;
        addRow(m_others, lineOf(row), toString(row.id), false);
        m_to->addItem(lineOf(row), QString::fromStdString(toString(row.id)));
    }
    for (const Alert& alert : picture.detail.alerts)
        addRow(m_alerts,
               tr("%1 · %2 · %3", "alert, time, rule")
                   .arg(QString::fromStdString(toString(alert.id)), text::momentMinutes(alert.first),
                        text::plainLine(alert.rule.title)),
               toString(alert.id), picture.chosen.contains(alert.id));
    for (const engine::ArrangementRow& row : picture.orders) {
        if (!row.undoneBy.empty())
            continue;
        auto* item = new QListWidgetItem(lineOf(row), m_orders);
        item->setData(Qt::UserRole, QString::fromStdString(row.id));
        item->setToolTip(item->text());
    }
    m_to->setAccessibleName(m_toTitle->text());
    m_to->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_toTitle->setBuddy(m_to);
    for (QWidget* widget : {static_cast<QWidget*>(m_others), static_cast<QWidget*>(m_alerts), static_cast<QWidget*>(m_orders),
                            static_cast<QWidget*>(m_toTitle), static_cast<QWidget*>(m_to)})
        body()->addWidget(widget);
}

Value ArrangeDialog::arguments() const
{
    Value args = Value::Object{{"why", m_reason->toPlainText().trimmed().left(2000).toStdString()}};
    switch (m_acts->checkedId()) {
    case Merge:
        args.set("incident", m_incident);
        args.set("others", checked(m_others));
        break;
    case Split:
        args.set("incident", m_incident);
        args.set("alerts", checked(m_alerts));
        break;
    case Move:
        args.set("incident", m_to->currentData().toString().toStdString());
        args.set("alerts", checked(m_alerts));
        break;
    default:
        if (const QListWidgetItem* item = m_orders->currentItem())
            args.set("order", item->data(Qt::UserRole).toString().toStdString());
    }
    return args;
}

void ArrangeDialog::showState()
{
    const int act = m_acts->checkedId();
    m_others->setVisible(act == Merge);
    m_alerts->setVisible(act == Split || act == Move);
    m_toTitle->setVisible(act == Move);
    m_to->setVisible(act == Move);
    m_orders->setVisible(act == Undo);
    const auto alerts = static_cast<int>(checked(m_alerts).size());
    bool isWhole = false;
    switch (act) {
    case Merge:
        m_accept->setText(tr("Merge"));
        m_hint->setText(tr("The lower number stays. Notes, people and what was done go along; what waits for people is void and asked anew. Links decide where alerts go that come later."));
        isWhole = !checked(m_others).empty();
        break;
    case Split:
        m_accept->setText(tr("Split off"));
        m_hint->setText(tr("The larger part keeps the number. At least one alert stays. What waits for people and belongs to the other part is void and asked anew there."));
        isWhole = alerts > 0 && alerts < m_alerts->count() && alerts <= mostAlerts;
        break;
    case Move:
        m_accept->setText(tr("Move"));
        m_hint->setText(tr("An incident without alerts is gone; its notes and what was done go along. What waits for people is asked anew where its alerts are."));
        isWhole = alerts > 0 && alerts <= mostAlerts && m_to->currentIndex() >= 0;
        break;
    case Undo:
        m_accept->setText(tr("Take back"));
        m_hint->setText(tr("The alerts go where their links and the other orders say. An incident that was gone comes back with its number, notes, people and what was done; what waits is asked anew."));
        isWhole = m_orders->currentItem() && m_orders->currentItem()->isSelected();
        break;
    default:
        m_accept->setText(tr("Arrange"));
        m_hint->setText(tr("There is one alert in one incident: nothing can be arranged."));
    }
    m_hint->setMinimumHeight(m_hint->heightForWidth(hintWidth)); // it is laid out before its words are known
    m_accept->setEnabled(isWhole && !m_reason->toPlainText().trimmed().isEmpty());
}

} // namespace cordon::ui::dialogs
