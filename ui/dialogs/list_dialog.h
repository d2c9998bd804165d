#pragma once

#include "core/value/value.h"
#include "ui/dialogs/plain_dialog.h"

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace cordon::ui::dialogs {

/// What a person says of a list before signing for it: its name; of an inventory also when it was true, how long it is
/// good for, and of which things it names every tag.
class ListDialog : public PlainDialog
{
    Q_OBJECT

public:
    ListDialog(const QString& file, bool isInventory, QWidget* parent);

signals:
    /// As docs/formats/inventory.md and indicators.md have it, without digest and source.
    void answered(const Value& args);

private:
    void addInventory();
    void addLine(const QString& name, QWidget* field);
    [[nodiscard]] Value arguments() const;

    bool m_isInventory;
    QLineEdit* m_name;
    QLineEdit* m_asOf = nullptr;
    QSpinBox* m_days = nullptr;
    std::vector<std::pair<const char*, QCheckBox*>> m_kinds;
};

} // namespace cordon::ui::dialogs
