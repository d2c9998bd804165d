#include "ui/dialogs/test_decision_dialog.h"

#include "ui/dialogs/decision_rows.h"
#include "ui/models/choices.h"
#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

constexpr std::string_view kinds[] = {"account", "credential", "role",   "group",    "policy",     "workload",
                                      "host",    "address",    "secret", "resource", "application"};

/// Numbers and yes or no as such, everything else, ids of entities too, as text.
Value valueFrom(const QString& text)
{
    if (text == QLatin1String("true") || text == QLatin1String("false"))
        return Value(text == QLatin1String("true"));
    bool isNumber = false;
    if (const qlonglong number = text.toLongLong(&isNumber); isNumber)
        return Value(static_cast<std::int64_t>(number));
    return Value(text.toStdString());
}

} // namespace

TestDecisionDialog::TestDecisionDialog(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent)
    : PlainDialog(tr("Test a decision"), parent)
    , m_queries(queries)
    , m_commander(commander)
    , m_incident(new QComboBox(this))
    , m_verb(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_target(new QComboBox(this))
    , m_params(new QLineEdit(this))
    , m_ask(button(tr("Ask the gate"), ButtonLook::Primary, this))
    , m_answer(new QScrollArea(this))
{
    resize(720, 640);
    QLabel* what = label(tr("The gate judges as for a real step: it looks at the target now, acts on nothing, and writes nothing."),
                         TextRole::Body, QStringLiteral("dim"), this);
    what->setWordWrap(true);
    body()->addWidget(what);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [&](const QString& name, QWidget* field) {
        field->setAccessibleName(name);
        auto* key = label(name, TextRole::Body, QStringLiteral("dim"), this);
        key->setBuddy(field);
        form->addRow(key, field);
    };
    for (const Verb& verb : verbCatalogue()) {
        const QString name = QString::fromUtf8(verb.name.data(), static_cast<qsizetype>(verb.name.size()));
        m_verb->addItem(tr("%1 · %2", "verb, its tier").arg(name, text::tierWord(verb.floor)), name);
    }
    for (const std::string_view kind : kinds)
        m_kind->addItem(text::kindWord(*entityKindFrom(kind)), QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())));
    m_target->setEditable(true);
    m_target->setInsertPolicy(QComboBox::NoInsert);
    m_target->lineEdit()->setMaxLength(2048);
    m_target->lineEdit()->setPlaceholderText(tr("Choose a member, or type an id"));
    m_params->setMaxLength(4096);
    m_params->setPlaceholderText(tr("name=value; name=value, or empty: as in the sequence"));
    add(tr("Incident"), m_incident);
    add(tr("Verb"), m_verb);
    add(tr("Target"), m_target);
    add(tr("Kind of target"), m_kind);
    add(tr("Parameters"), m_params);
    body()->addLayout(form);
    m_answer->setWidgetResizable(true);
    m_answer->setFrameShape(QFrame::NoFrame);
    m_answer->setAccessibleName(tr("The gate's answer"));
    body()->addWidget(m_answer, 1);
    say(tr("Choose what to ask, then ask the gate."), QStringLiteral("dim"));
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    addButton(m_ask);
    m_ask->setEnabled(false);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ask, &QPushButton::clicked, this, &TestDecisionDialog::ask);
    connect(m_params, &QLineEdit::returnPressed, this, &TestDecisionDialog::ask);
    connect(m_incident, &QComboBox::currentIndexChanged, this, &TestDecisionDialog::loadIncident);
    connect(m_target, &QComboBox::currentIndexChanged, this, [this](int row) {
        if (row >= 0 && static_cast<std::size_t>(row) < m_detail.incident.members.size()) {
            const std::string_view kind = toString(m_detail.incident.members[static_cast<std::size_t>(row)].entity.kind);
            m_kind->setCurrentIndex(m_kind->findData(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()))));
            proposeVerb(m_detail.incident.members[static_cast<std::size_t>(row)].entity);
        }
    });
    connect(m_verb, &QComboBox::activated, this, [this] { m_hasChosenVerb = true; });
    m_queries.ask<engine::AgentPicture>(
        this, [](bridge::CaseSource& source) { return source.agent(); },
        [this](const Result<engine::AgentPicture>& agent) {
            if (agent)
                m_clauses = clauseTexts(*agent);
        });
    m_queries.ask<std::vector<engine::IncidentRow>>(
        this, [](bridge::CaseSource& source) { return source.incidents(); },
        [this](const Result<std::vector<engine::IncidentRow>>& rows) {
            if (rows)
                showIncidents(*rows);
            else
                say(tr("The incidents could not be read: %1").arg(QString::fromStdString(rows.error().detail)), QStringLiteral("attacker"));
        });
    m_verb->setFocus();
}

void TestDecisionDialog::showIncidents(const std::vector<engine::IncidentRow>& rows)
{
    if (rows.empty())
        return say(tr("There is no incident in this case. The gate judges acts inside an incident only."), QStringLiteral("dim"));
    for (const engine::IncidentRow& row : models::firstChoices(rows))
        m_incident->addItem(QString::fromStdString(toString(row.id)) + QStringLiteral(" · ") + text::sentence(row.title),
                            static_cast<qlonglong>(row.id.value));
    m_ask->setEnabled(true);
}

void TestDecisionDialog::loadIncident()
{
    const IncidentId id{m_incident->currentData().toLongLong()};
    m_queries.ask<engine::IncidentDetail>(
        this, [id](bridge::CaseSource& source) { return source.incident(id); },
        [this, id](const Result<engine::IncidentDetail>& detail) {
            if (detail && id.value == m_incident->currentData().toLongLong())
                showTargets(*detail);
        });
}

void TestDecisionDialog::showTargets(const engine::IncidentDetail& detail)
{
    m_detail = detail;
    m_target->clear();
    for (const IncidentMember& member : detail.incident.members)
        m_target->addItem(text::entityFull(member.entity));
}

void TestDecisionDialog::proposeVerb(const EntityRef& target)
{
    if (m_hasChosenVerb)
        return;
    std::string verb = "inventory.read"; // fits whatever no step of the sequence is about
    for (const Step& step : m_detail.plan.steps) {
        if (step.action.targets.empty())
            continue;
        const EntityRef& other = step.action.targets.front();
        if (other == target) {
            verb = step.action.type;
            break;
        }
        if (other.kind == target.kind && verb == "inventory.read")
            verb = step.action.type;
    }
    m_verb->setCurrentIndex(std::max(0, m_verb->findData(QString::fromStdString(verb))));
}

std::optional<EntityRef> TestDecisionDialog::target() const
{
    const QString typed = m_target->currentText().trimmed();
    const int row = m_target->findText(typed);
    if (row >= 0 && static_cast<std::size_t>(row) < m_detail.incident.members.size())
        return m_detail.incident.members[static_cast<std::size_t>(row)].entity;
    const auto kind = entityKindFrom(m_kind->currentData().toString().toStdString());
    if (typed.isEmpty() || !kind)
        return std::nullopt;
    return EntityRef{*kind, typed.toStdString(), "", ""};
}

std::optional<Value> TestDecisionDialog::params(const EntityRef& target) const
{
    Value made = Value::Object{};
    const QString typed = m_params->text().trimmed();
    if (typed.isEmpty()) {
        for (const Step& step : m_detail.plan.steps) {
            const bool isSame = step.action.type == m_verb->currentData().toString().toStdString() &&
                                !step.action.targets.empty() && step.action.targets.front() == target;
            if (isSame)
                return step.action.params;
        }
        return made;
    }
    for (const QString& part : typed.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        if (equals <= 0)
            return std::nullopt;
        made.set(part.left(equals).trimmed().toStdString(), valueFrom(part.mid(equals + 1).trimmed()));
    }
    return made;
}

void TestDecisionDialog::ask()
{
    const auto wanted = target();
    if (!m_ask->isEnabled() || !wanted)
        return say(tr("Choose or type a target first."), QStringLiteral("attacker"));
    auto given = params(*wanted);
    if (!given)
        return say(tr("Parameters are written name=value, one after another with ; between them."), QStringLiteral("attacker"));
    engine::TestQuestion question{IncidentId{m_incident->currentData().toLongLong()},
                                  m_verb->currentData().toString().toStdString(), {*wanted}, std::move(*given)};
    say(tr("The gate is asked. It answers when the engine has finished what it is doing."), QStringLiteral("dim"));
    const int number = ++m_asked;
    m_commander.testDecision(std::move(question), this, [this, number](const Result<engine::TestedDecision>& tested) {
        if (number != m_asked)
            return;
        if (tested)
            show(*tested);
        else
            say(tr("The gate was not asked: %1").arg(text::plainLine(tested.error().detail, 600)), QStringLiteral("attacker"));
    });
}

void TestDecisionDialog::fillAnswer(const std::function<void(QVBoxLayout*, QWidget*)>& fill)
{
    auto* page = new QWidget(m_answer);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 8, 8, 0);
    rows->setSpacing(8);
    fill(rows, page);
    rows->addStretch(1);
    m_answer->setWidget(page);
}

void TestDecisionDialog::say(const QString& line, const QString& tone)
{
    fillAnswer([&](QVBoxLayout* rows, QWidget* page) {
        QLabel* told = label(line, TextRole::Body, tone, page);
        told->setWordWrap(true);
        rows->addWidget(told);
    });
}

void TestDecisionDialog::show(const engine::TestedDecision& tested)
{
    fillAnswer([&](QVBoxLayout* rows, QWidget* page) {
        addDecision(rows, page, tested.decision, tested.floor, m_clauses);
        if (tested.preview)
            addDecisionRow(rows, page, tr("Would call"), text::plainLine(tested.preview->request, 600), true, {});
        if (tested.preview && !tested.preview->dependents.empty()) {
            QStringList hit;
            for (const EntityRef& dependent : tested.preview->dependents)
                hit += text::entityName(dependent);
            addDecisionRow(rows, page, tr("Would hit"), hit.join(QStringLiteral(", ")), false, {});
        }
        if (!tested.unread.empty())
            addDecisionRow(rows, page, tr("Not looked at"),
                           tr("%1. What is not known counts as unknown.").arg(text::plainLine(tested.unread, 600)), false,
                           QStringLiteral("attacker"));
        addDecisionRow(rows, page, tr("Mandate"),
                       tr("%1 revision %2, at %3 UTC").arg(text::plainLine(tested.mandateId)).arg(tested.mandateRevision)
                           .arg(text::dayAndClock(tested.asked)), false, {});
        addDecisionRow(rows, page, tr("Done"), tr("nothing: this was a question"), false, QStringLiteral("dim"));
    });
}

} // namespace cordon::ui::dialogs
