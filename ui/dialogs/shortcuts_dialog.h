#pragma once

#include "ui/dialogs/plain_dialog.h"

#include <utility>
#include <vector>

namespace cordon::ui::dialogs {

/// Every shortcut of the console, by where it works.
class ShortcutsDialog : public PlainDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget* parent);

private:
    using Keys = std::vector<std::pair<QString, QString>>;
    void addGroup(const QString& where, const Keys& keys);
};

} // namespace cordon::ui::dialogs
