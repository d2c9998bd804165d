#include "ui/dialogs/shortcuts_dialog.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

ShortcutsDialog::ShortcutsDialog(QWidget* parent)
    : PlainDialog(tr("Shortcuts"), parent)
{
    setMinimumWidth(440);
    addGroup(tr("Everywhere"), {{tr("Ctrl+Shift+H"), tr("Halt agent, at once")},
                                {tr("Ctrl+K"), tr("Search or run a command")},
                                {tr("Ctrl+1 … Ctrl+8"), tr("Go to a screen")},
                                {tr("Ctrl+L"), tr("Lock this console")},
                                {tr("Ctrl+O"), tr("Open logs")},
                                {tr("Ctrl+/"), tr("This list")}});
    addGroup(tr("Triage"), {{tr("J, K"), tr("Next, previous incident")},
                            {tr("A"), tr("Assign to me")},
                            {tr("N"), tr("Add a note")},
                            {tr("C"), tr("Close the incident")},
                            {tr("M"), tr("Merge, split or move")},
                            {tr("R"), tr("Review the first step that waits")},
                            {tr("Ctrl+Tab"), tr("Next tab")}});
    addGroup(tr("Timeline"), {{tr("← →"), tr("Pan")},
                              {tr("+ −"), tr("Zoom")},
                              {tr("F"), tr("Fit the whole span")},
                              {tr("[ ]"), tr("Previous, next mark")},
                              {tr("/"), tr("Filter")},
                              {tr("Ctrl+Z"), tr("Undo the last view change")}});
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

void ShortcutsDialog::addGroup(const QString& where, const Keys& keys)
{
    body()->addWidget(label(where, TextRole::Strong, {}, this));
    for (const auto& [key, meaning] : keys) {
        auto* row = new QHBoxLayout;
        QLabel* name = monoLabel(key, QStringLiteral("accent"), this);
        name->setFixedWidth(140);
        row->addWidget(name);
        row->addWidget(label(meaning, TextRole::Body, {}, this), 1);
        body()->addLayout(row);
    }
}

} // namespace cordon::ui::dialogs
