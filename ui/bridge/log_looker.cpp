#include "ui/bridge/log_looker.h"

namespace cordon::ui::bridge {

LogLooker::LogLooker(QString resources, QObject* parent)
    : QObject(parent)
    , m_resources(std::move(resources))
{
}

LogLooker::~LogLooker() = default;

void LogLooker::look(const QStringList& paths, const QStringList& maps)
{
    std::vector<std::filesystem::path> logs;
    for (const QString& path : paths)
        logs.emplace_back(path.toStdString());
    std::vector<std::filesystem::path> given;
    for (const QString& map : maps)
        given.emplace_back(map.toStdString());
    const int question = ++m_question;
    m_thread = std::jthread([this, question, logs, given, resources = m_resources.toStdString()](const std::stop_token& stop) {
        auto answer = std::make_shared<Answer>(Answer{question, engine::lookAtLogs(logs, resources, given, stop)});
        QMetaObject::invokeMethod(this, [this, answer] { take(*answer); }, Qt::QueuedConnection);
    });
}

void LogLooker::take(const Answer& answer)
{
    if (answer.question != m_question)
        return;
    if (answer.looks)
        emit looked(*answer.looks);
    else
        emit failed(QString::fromStdString(answer.looks.error().detail));
}

} // namespace cordon::ui::bridge
