#include "ui/dialogs/secret_field.h"

#include "ui/widgets/labels.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

QLineEdit* addSecretField(const QString& name, QVBoxLayout* column, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    QLabel* above = label(name, TextRole::Small, QStringLiteral("dim"), parent);
    above->setBuddy(field);
    field->setAccessibleName(name);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhHiddenText);
    field->setContextMenuPolicy(Qt::NoContextMenu);
    field->setDragEnabled(false);
    field->setMaxLength(200);
    column->addWidget(above);
    column->addWidget(field);
    return field;
}

std::string takeSecret(QLineEdit* field)
{
    if (!field)
        return {};
    QString typed = field->text();
    field->clear();
    QByteArray bytes = typed.toUtf8();
    std::string text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    bytes.fill('\0');
    typed.fill(QChar(u'\0'));
    return text;
}

} // namespace cordon::ui::dialogs
