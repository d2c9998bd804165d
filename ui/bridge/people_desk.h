#pragma once

#include "core/engine/people_office.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace cordon::ui::bridge {

/// The people of the installation, for a dialog: what is read, drawn up and handed in happens off the GUI thread. Keys and
/// factors are the step-up program's. Belongs to the GUI thread; never blocks.
class PeopleDesk : public QObject
{
    Q_OBJECT

public:
    struct Known
    {
        QString id;
        QString name;
        QStringList roles;
        QString fingerprint;
        QStringList securityKeys; ///< what the person calls them
        bool isTrained = false;
        std::optional<Timestamp> trainedUntil;
        bool isRetired = false;
    };
    struct Waiting
    {
        QString what; ///< English, one line
        QString block;
        int signedBy = 0;
        int needed = 0;
    };
    struct Draft
    {
        engine::PeopleOffice::Kind kind;
        QString person; ///< with or without user:
        QString name; ///< the person's, or what the person calls the security key
        QStringList roles;
        std::optional<Timestamp> trainedUntil = {}; ///< of Enrol and Train
    };

    explicit PeopleDesk(const QString& home, QObject* parent = nullptr);
    [[nodiscard]] QString folder() const;

    void refresh();
    /// Answers with `drawn`.
    void draw(const Draft& draft);
    void submit(const QString& block);

signals:
    void listed(const QString& installation, const std::vector<cordon::ui::bridge::PeopleDesk::Known>& people,
                const std::vector<cordon::ui::bridge::PeopleDesk::Waiting>& waiting);
    /// What the step-up program is to make of it.
    /// @param mode    --enrol, --add-key, or --sign-people for an owner's signature
    /// @param person  whose factors `--add-key` takes
    void drawn(const QString& text, const QString& mode, const QString& person);
    /// @param isTaken  it counts; else it waits for owners
    void handedIn(bool isTaken);
    void failed(const QString& why);

private:
    void work(std::function<std::function<void()>(Result<engine::PeopleOffice>&)> task);
    std::filesystem::path m_home;
};

} // namespace cordon::ui::bridge
