// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hubkeeper {

/// Progress and cancel for any call. Appears only when the call takes longer than a moment, so
/// quick work does not flicker, and disappears when the call ends or is destroyed. One call after
/// the other may be watched; the end of an earlier one does not hide a later one.
class CallBar final : public QWidget
{
    Q_OBJECT

public:
    explicit CallBar(QWidget *parent);

    /// Follows `call` from now on; one watched before is left alone, not cancelled. `what` is a
    /// translated description: "Reading contacts".
    void watch(CallBase *call, const QString &what);
    [[nodiscard]] bool isBusy() const { return !m_call.isNull(); }
    /// Cancels what is watched.
    void cancel();

    /// What is under way and how far it is, as it is shown; empty while nothing is shown.
    [[nodiscard]] QString text() const;

signals:
    void busyChanged(bool busy);
    void textChanged();

private:
    void showProgress(qint64 done, qint64 total);
    void forget();
    void leave();

    QPointer<CallBase> m_call;
    std::vector<QMetaObject::Connection> m_links; // To the call that is watched.
    QString m_what;
    QTimer m_patience;
    QLabel *m_label;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
};

} // namespace hubkeeper
