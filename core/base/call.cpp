// SPDX-License-Identifier: MIT
#include "base/call.h"

namespace hubkeeper {

CallBase::CallBase(QObject *parent)
    : QObject(parent)
{
}

CallBase::~CallBase() = default;

void CallBase::cancel()
{
    if (isFinished())
        return;
    completeCancelled(); // First, so that nothing a child reports can win.
    const auto children = findChildren<CallBase *>(Qt::FindDirectChildrenOnly);
    for (CallBase *child : children)
        child->cancel();
    abortWork();
}

void CallBase::announce()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            emit finished();
            deleteLater();
        },
        Qt::QueuedConnection);
}

} // namespace hubkeeper
