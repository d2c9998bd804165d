#include "ui/bridge/approval_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QProcess>

#include <csignal>
#include <sys/prctl.h>

namespace cordon::ui::bridge {
namespace {

/// Exit status of the step-up program when the person closed it without deciding.
constexpr int exitNotNow = 2;

} // namespace

ApprovalProcess::ApprovalProcess(QObject* parent)
    : QObject(parent)
{
}

ApprovalProcess::~ApprovalProcess()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(200);
}

QString ApprovalProcess::program()
{
    const QString named = qEnvironmentVariable("CORDON_APPROVE");
    if (!named.isEmpty())
        return named;
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("cordon_approve"));
}

bool ApprovalProcess::isRunning() const
{
    return m_process != nullptr;
}

void ApprovalProcess::start(const QString& requestText, const Settings& settings)
{
    QStringList arguments{QStringLiteral("--people"), settings.people, QStringLiteral("--agent-key"), settings.agentKey,
                          QStringLiteral("--as"),     settings.person, QStringLiteral("--theme"),     settings.theme,
                          QStringLiteral("--slot"),   QString::number(settings.slot)};
    if (!settings.caseNow.isEmpty())
        arguments += {QStringLiteral("--case-now"), settings.caseNow};
    run(arguments, requestText);
}

void ApprovalProcess::startPersonal(const QStringList& arguments, const QString& input)
{
    run(arguments, input);
}

void ApprovalProcess::cancel()
{
    if (m_process)
        m_process->terminate();
}

void ApprovalProcess::run(const QStringList& arguments, const QString& input)
{
    if (m_process)
        return;
    m_process = new QProcess(this);
    m_process->setProgram(program());
    m_process->setArguments(arguments + QStringList{QStringLiteral("--language"), QLocale().name()});
    connect(m_process, &QProcess::started, this, [this, input] {
        m_process->write(input.toUtf8());
        m_process->closeWriteChannel();
    });
    connect(m_process, &QProcess::finished, this,
            [this](int code, QProcess::ExitStatus status) { finish(code, status == QProcess::CrashExit); });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_process->deleteLater();
        m_process = nullptr;
        emit failed(tr("The step-up program %1 could not be started.").arg(program()));
    });
    m_process->setChildProcessModifier([] { // the console's blocked signals are not the child's
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        prctl(PR_SET_PDEATHSIG, SIGTERM); // a console that is gone leaves no form behind
    });
    m_process->start();
}

void ApprovalProcess::finish(int exitCode, bool hasCrashed)
{
    const QString reply = QString::fromUtf8(m_process->readAllStandardOutput());
    const QString complaint = QString::fromUtf8(m_process->readAllStandardError()).trimmed().left(400);
    m_process->deleteLater();
    m_process = nullptr;
    if (!hasCrashed && exitCode == 0 && !reply.isEmpty())
        emit replied(reply);
    else if (!hasCrashed && (exitCode == exitNotNow || complaint.isEmpty()))
        emit closedWithoutDecision();
    else
        emit failed(tr("The step-up program ended without a decision: %1").arg(complaint));
}

} // namespace cordon::ui::bridge
