// SPDX-License-Identifier: MIT
#include "base/call.h"

#include <QPointer>

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

void CallBase::cancelWith(QObject *owner)
{
    connect(owner, &QObject::destroyed, this, &CallBase::cancel);
}

void CallBase::announce()
{
    QMetaObject::invokeMethod(
        this,
        [self = QPointer(this)] {
            emit self->finished();
            if (self) // A listener may have deleted it, or its parent.
                self->deleteLater();
        },
        Qt::QueuedConnection);
}

} // namespace hubkeeper
