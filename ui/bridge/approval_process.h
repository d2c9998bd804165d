#pragma once

#include <QObject>
#include <QString>

class QProcess;

namespace cordon::ui::bridge {

/// Runs the step-up program for one request. The approver's key and factors never enter this process: the request goes
/// in as text, the signed reply comes back as text. GUI thread; never blocks.
class ApprovalProcess : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        QString people;   ///< folder of the people of the case
        QString agentKey; ///< public key that requests are signed with
        QString person;   ///< who approves, user:analyst-a
        int slot = 1;     ///< which of the request's places this person takes, 1 and up
        QString theme = QStringLiteral("dark"); ///< look of the form, by its name
        QString caseNow = {}; ///< case clock, RFC 3339: the form counts from it; "" leaves it to the machine's
    };

    explicit ApprovalProcess(QObject* parent = nullptr);
    ~ApprovalProcess() override;

    /// The program beside this one, or what CORDON_APPROVE names.
    [[nodiscard]] static QString program();
    [[nodiscard]] bool isRunning() const;
    /// Opens the step-up form. One at a time: a second call while one is open does nothing.
    void start(const QString& requestText, const Settings& settings);
    /// Opens the form in one of its other modes (sign-in, a command's signature, people), under the same rules.
    void startPersonal(const QStringList& arguments, const QString& input);
    /// Ends an open form without a decision: the console was locked over it.
    void cancel();

signals:
    void replied(const QString& reply);
    void closedWithoutDecision();
    void failed(const QString& why);

private:
    void run(const QStringList& arguments, const QString& input);
    void finish(int exitCode, bool hasCrashed);
    QProcess* m_process = nullptr;
};

} // namespace cordon::ui::bridge
