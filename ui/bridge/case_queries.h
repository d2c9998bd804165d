#pragma once

#include "ui/bridge/case_source.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QThread;

namespace cordon::ui::bridge {

/// Asks a case on a thread of its own and brings the answer back to the GUI thread. Belongs to the GUI thread; never
/// blocks it. Questions are answered in the order they were asked.
class CaseQueries : public QObject
{
    Q_OBJECT

public:
    /// Opens the case; called on the query thread, again for each question until it succeeds.
    using Open = std::function<Result<std::unique_ptr<CaseSource>>()>;

    explicit CaseQueries(Open open, QObject* parent = nullptr);
    ~CaseQueries() override;

    /// Runs `question` on the query thread, then `answer` here, unless `context` is gone by then.
    template<class T>
    void ask(QObject* context, std::function<Result<T>(CaseSource&)> question,
             std::function<void(const Result<T>&)> answer)
    {
        const QPointer<QObject> alive(context);
        post([this, alive, question = std::move(question), answer = std::move(answer)](const Result<CaseSource*>& source) {
            auto found = source ? std::make_shared<Result<T>>(question(**source))
                                : std::make_shared<Result<T>>(fail(source.error()));
            reply([alive, answer, found] {
                if (alive)
                    answer(*found);
            });
        });
    }

private:
    using Task = std::function<void(const Result<CaseSource*>&)>;
    void post(Task task);
    void reply(std::function<void()> answer);

    struct Worker;
    QThread* m_thread;
    Worker* m_worker; ///< lives on m_thread, deleted when it ends
};

} // namespace cordon::ui::bridge
