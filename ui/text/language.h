#pragma once

#include <QString>
#include <QStringList>

namespace cordon::ui::text {

/// Codes of the languages that sentences exist in, English first.
[[nodiscard]] QStringList languages();

/// Has the application speak a language: sentences, Qt's own words where the system has them, dates and numbers. Once,
/// before the first window. @param wish  a code such as "de" or "de_AT"; "" for what the desktop asks for
/// @return the code of what it is now; "en" where nothing fits
QString speak(const QString& wish);

/// What a command line asks for with --language CODE or --language=CODE; "" when it does not.
[[nodiscard]] QString wishIn(const QStringList& arguments);

} // namespace cordon::ui::text
