// What a person changes in a sequence: the order, what is in it, what a step does.
#include "ui/bridge/proposal_picture.h"
#include "ui/dialogs/reason_dialog.h"
#include "ui/dialogs/step_dialog.h"
#include "ui/views/containment_panel.h"
#include "ui/views/rights.h"
#include "core/domain/action.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>

namespace cordon::ui::views {
namespace {

/// `name=value` lines as the engine takes them.
Value paramsOf(const QString& lines)
{
    Value params = Value::Object{};
    for (const QString& line : lines.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QString name = line.section(QLatin1Char('='), 0, 0).trimmed();
        const QString text = line.section(QLatin1Char('='), 1).trimmed();
        bool isNumber = false;
        const qlonglong number = text.toLongLong(&isNumber);
        if (name.isEmpty())
            continue;
        if (text == QLatin1String("true") || text == QLatin1String("false"))
            params.set(name.toStdString(), text == QLatin1String("true"));
        else if (isNumber)
            params.set(name.toStdString(), static_cast<std::int64_t>(number));
        else
            params.set(name.toStdString(), text.toStdString());
    }
    return params;
}

QString linesOf(const Value& params)
{
    QStringList lines;
    for (const auto& [name, value] : params.asObject()) {
        const QString text = value.isString() ? QString::fromStdString(value.asString())
                             : value.isBool() ? (value.asBool() ? QStringLiteral("true") : QStringLiteral("false"))
                                              : QString::number(value.asInt());
        lines += QString::fromStdString(name) + QLatin1Char('=') + text;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

void ContainmentPanel::showChangers(bool areShown)
{
    for (QPushButton* changing : {m_take, m_add}) {
        permit(changing, whyNot(m_commander));
        changing->setVisible(areShown);
    }
}

void ContainmentPanel::takeProposal()
{
    constexpr qint64 most = 16 * 1024;
    const QString path = QFileDialog::getOpenFileName(window(), tr("Take a proposal"), {}, tr("Proposals (*.json)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.read(most + 1) : QByteArray();
    const QString picture = bridge::proposalPicture(text, m_members);
    if (picture.isEmpty()) {
        emit m_commander.submitted(tr("%1 is no proposal that can be read.").arg(QFileInfo(path).fileName()));
        return;
    }
    auto* dialog = new dialogs::ReasonDialog(
        {tr("Take a proposed sequence"),
         tr("%1\n\nIts first low step may run by itself. Every later one waits for people, and you approve none of them.").arg(picture),
         tr("Reason (kept in the ledger)"), tr("Take the sequence")},
        window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, [this, text](const QString& why) {
        m_commander.changeSequence("sequence-accept",
                                   Value::Object{{"incident", toString(m_incident)}, {"proposal", text.toStdString()}, {"why", why.toStdString()}},
                                   tr("Taking the proposed sequence was asked for."));
    });
    dialog->open();
}

void ContainmentPanel::moveStep(const QString& step, const QString& first, const QString& second)
{
    const bool isFirst = step == first;
    auto* dialog = new dialogs::ReasonDialog(
        {tr("Move %1").arg(step),
         tr("%1 comes before %2 from now on, and %2 waits for it. Evidence that a step would change is still kept before it.").arg(first, second),
         tr("Reason (kept in the ledger)"), tr("Move step")},
        window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, [this, step, isFirst, other = isFirst ? second : first](const QString& why) {
        m_commander.changeSequence("step-move",
                                   Value::Object{{"step", step.toStdString()}, {isFirst ? "before" : "after", other.toStdString()}, {"why", why.toStdString()}},
                                   tr("Moving %1 was asked for.").arg(step));
    });
    dialog->open();
}

void ContainmentPanel::restoreStep(const QString& step)
{
    auto* dialog = new dialogs::ReasonDialog({tr("Take %1 back in").arg(step), tr("The step is proposed again and judged anew."),
                                              tr("Reason (kept in the ledger)"), tr("Restore step")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this, [this, step](const QString& why) {
        m_commander.changeSequence("step-restore", Value::Object{{"step", step.toStdString()}, {"why", why.toStdString()}},
                                   tr("%1 is to come back.").arg(step));
    });
    dialog->open();
}

void ContainmentPanel::editStep(const QString& step)
{
    const Step* found = find(step);
    if (!found || found->action.targets.empty())
        return;
    dialogs::StepDialog::Start start;
    start.title = tr("Change %1").arg(step);
    start.isNew = false;
    start.verb = QString::fromStdString(found->action.type);
    start.targets = m_members;
    start.target = QString::fromStdString(found->action.targets.front().key());
    start.params = linesOf(found->action.params);
    start.hasLease = found->back == Back::Reversible;
    auto* dialog = new dialogs::StepDialog(start, window());
    connect(dialog, &dialogs::StepDialog::answered, this,
            [this, step](const QString&, const QString& target, const QString& params, const QString& lease, const QString&, const QString& why) {
                Value args = Value::Object{{"step", step.toStdString()}, {"why", why.toStdString()}};
                if (!target.isEmpty())
                    args.set("target", target.toStdString());
                if (!params.isEmpty())
                    args.set("params", paramsOf(params));
                if (!lease.isEmpty())
                    args.set("lease", lease.toStdString());
                m_commander.changeSequence("step-edit", std::move(args), tr("Changing %1 was asked for.").arg(step));
            });
    dialog->open();
}

void ContainmentPanel::addStep()
{
    dialogs::StepDialog::Start start;
    start.title = tr("Add a step");
    start.verb = QStringLiteral("session.revoke");
    start.targets = m_members;
    if (!m_members.empty())
        start.target = QString::fromStdString(m_members.front().key());
    for (const Step& step : m_plan.steps) {
        if (contentOf(step, m_plan).canChange)
            start.steps.push_back(QString::fromStdString(step.id));
    }
    auto* dialog = new dialogs::StepDialog(start, window());
    connect(dialog, &dialogs::StepDialog::answered, this,
            [this](const QString& verb, const QString& target, const QString& params, const QString&, const QString& before, const QString& why) {
                Value args = Value::Object{{"incident", toString(m_incident)},
                                           {"verb", verb.toStdString()},
                                           {"target", target.toStdString()},
                                           {"why", why.toStdString()}};
                if (!params.isEmpty())
                    args.set("params", paramsOf(params));
                if (!before.isEmpty())
                    args.set("before", before.toStdString());
                m_commander.changeSequence("step-add", std::move(args), tr("A step more was asked for."));
            });
    dialog->open();
}

} // namespace cordon::ui::views
