#include "ui/bridge/case_queries.h"

#include <QThread>

namespace cordon::ui::bridge {

/// Lives on the query thread; the event loop there runs one question after the other.
struct CaseQueries::Worker : public QObject
{
    explicit Worker(Open openCase)
        : open(std::move(openCase))
    {
    }

    void run(const Task& task)
    {
        if (!source) {
            auto opened = open();
            if (!opened)
                return task(fail(opened.error()));
            source = std::move(*opened);
        }
        task(source.get());
    }

    Open open;
    std::unique_ptr<CaseSource> source;
};

CaseQueries::CaseQueries(Open open, QObject* parent)
    : QObject(parent)
    , m_thread(new QThread(this))
    , m_worker(new Worker(std::move(open)))
{
    m_thread->setObjectName(QStringLiteral("cordon-query"));
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

CaseQueries::~CaseQueries()
{
    m_thread->quit();
    m_thread->wait();
}

void CaseQueries::post(Task task)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, task = std::move(task)] { worker->run(task); }, Qt::QueuedConnection);
}

void CaseQueries::reply(std::function<void()> answer)
{
    QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection);
}

} // namespace cordon::ui::bridge
