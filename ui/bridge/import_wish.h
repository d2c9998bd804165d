#pragma once

#include <QString>
#include <QStringList>

namespace cordon::ui::bridge {

/// What a person says about logs at their import.
struct ImportWish
{
    QString zone;           ///< of times that name none; "" when not told
    qint64 offsetSeconds = 0; ///< added to every time
    int year = 0;           ///< of the first time without one; 0: as the file's date tells
    QStringList maps;       ///< field maps that a person wrote
    bool follows = false;   ///< what comes into them later is read, too
};

} // namespace cordon::ui::bridge
