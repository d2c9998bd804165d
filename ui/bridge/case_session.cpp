#include "ui/bridge/case_session.h"

#include "ui/bridge/reader_source.h"

namespace cordon::ui::bridge {

CaseSession::CaseSession(engine::EngineOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_queries(std::make_unique<CaseQueries>([folder = m_options.folder] { return ReaderSource::open(folder); }))
    , m_commander([this](engine::Command command) {
        if (m_engine)
            m_engine->submit(std::move(command));
        else
            m_early.push_back(std::move(command));
    }, QString::fromStdString(m_options.folder.string()))
{
}

CaseSession::~CaseSession()
{
    if (m_opening.joinable())
        m_opening.join();
    m_queries.reset();
    m_engine.reset();
}

void CaseSession::start()
{
    m_opening = std::jthread([this, options = m_options] {
        m_started = std::make_unique<Result<std::unique_ptr<engine::Engine>>>(engine::Engine::start(options, m_bridge));
        QMetaObject::invokeMethod(this, &CaseSession::adopt, Qt::QueuedConnection);
    });
}

void CaseSession::adopt()
{
    m_opening.join();
    if (!*m_started) {
        emit failed(QString::fromStdString(m_started->error().detail));
        return;
    }
    m_engine = std::move(**m_started);
    for (engine::Command& command : m_early)
        m_engine->submit(std::move(command));
    m_early.clear();
    emit opened();
}

} // namespace cordon::ui::bridge
