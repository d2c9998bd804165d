#pragma once

#include <QStringList>

class QApplication;

namespace cordon::ui::approval {

/// True for --sign-in, --sign-command, --sign-people, --change-pin, --enrol, --add-key.
[[nodiscard]] bool isPersonal(const QStringList& arguments);
/// Shows the form; what is signed goes to standard output. @return exit status, as for an approval
[[nodiscard]] int runPersonal(QApplication& application, const QStringList& arguments);

} // namespace cordon::ui::approval
