#pragma once

#include "ui/bridge/log_looker.h"
#include "ui/bridge/import_wish.h"
#include "ui/dialogs/plain_dialog.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTreeWidget;

namespace cordon::ui::dialogs {

/// Asks what logs do not say themselves: zone, year, map; and takes a clock offset and the wish to follow them.
class ImportDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param takesMaps  false in a case that is open: its maps were read when it was made
    ImportDialog(engine::LogLooks looks, bool takesMaps, QWidget* parent);

    /// Whether an import can go on without asking a person.
    [[nodiscard]] static bool isClear(const engine::LogLooks& looks);
    /// `-1:02:03` in seconds; nothing when it is none.
    [[nodiscard]] static std::optional<qint64> secondsOf(const QString& text);

    /// The same files, looked at again with a map.
    void show(const engine::LogLooks& looks);
    void say(const QString& problem);
    /// Following was what the person asked for.
    void setFollowing(bool follows);

signals:
    void answered(const cordon::ui::bridge::ImportWish& wish);
    /// A map was chosen: the files want another look.
    void mapsChosen(const QStringList& maps);

private:
    void addList();
    void addFields(bool takesMaps);
    void chooseMap();
    void check();
    [[nodiscard]] bridge::ImportWish wish() const;
    [[nodiscard]] bool needsZone() const;

    engine::LogLooks m_looks;
    QStringList m_zones;
    QTreeWidget* m_files;
    QComboBox* m_zone;
    QLineEdit* m_offset;
    QSpinBox* m_year;
    QLineEdit* m_map;
    QCheckBox* m_follow;
    QLabel* m_missing;
    QPushButton* m_accept;
};

} // namespace cordon::ui::dialogs
