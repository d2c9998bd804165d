#include "ui/travel/travel_page.h"

#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"

#include <QCoreApplication>
#include <QDialog>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cordon::ui::travel {
namespace {

constexpr int edge = 22;
constexpr int width = 720;
constexpr const char* exerciseProperty = "cordonExercise"; // of a main window, as in dialogs::PlainDialog

} // namespace

QPlainTextEdit* travelText(const QString& name, QDialog* dialog)
{
    auto* edit = new QPlainTextEdit(dialog);
    edit->setFont(theme::monoFont(12));
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setAccessibleName(name);
    edit->setTabChangesFocus(true);
    return edit;
}

QVBoxLayout* travelColumn(QDialog* dialog, const QString& title, const QString& words)
{
    dialog->setWindowTitle(title);
    dialog->setAccessibleName(title);
    dialog->setProperty("frame", "drawn");
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(edge, edge, edge, edge);
    column->setSpacing(12);
    if (const QWidget* parent = dialog->parentWidget(); parent && parent->window()->property(exerciseProperty).toBool())
        column->addWidget(widgets::caption(QCoreApplication::translate("cordon::ui::dialogs::PlainDialog", "Exercise"),
                                           QStringLiteral("medium"), dialog));
    column->addWidget(widgets::label(title, widgets::TextRole::Title, {}, dialog));
    QLabel* explanation = widgets::label(words, widgets::TextRole::Body, QStringLiteral("dim"), dialog);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    dialog->resize(width, dialog->sizeHint().height());
    return column;
}

} // namespace cordon::ui::travel
