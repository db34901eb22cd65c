// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/place.h"

#include <QMap>
#include <QMetaObject>
#include <QStatusBar>

#include <vector>

class QLabel;

namespace hubkeeper {

class CurrentSession;

/// The status bar: state of the connection, token, calls of the present window, staged changes,
/// and where the secrets are kept. Short messages of pages come on the left.
class StatusLine final : public QStatusBar
{
    Q_OBJECT

public:
    StatusLine(CurrentSession &keeper, QWidget *parent);

    /// Asks the store again which backend it is.
    void showKeychain();
    /// What a page is waiting for, instead of "ready"; empty once that is over.
    void showWork(PageId page, const QString &text);
    /// Says that personal data is masked, or nothing.
    void showMasking(bool on);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRect messageRoom() const;
    static void setPart(QLabel *part, const QString &text);
    QLabel *addPart(const QString &name, const QString &description);
    void followSession();
    void showConnection();
    void showToken();
    void showCalls();
    void showStaged();

    CurrentSession &m_keeper;
    std::vector<QMetaObject::Connection> m_links;
    QMap<PageId, QString> m_work; // By page.
    QLabel *m_masking;
    QLabel *m_connection;
    QLabel *m_token;
    QLabel *m_calls;
    QLabel *m_staged;
    QLabel *m_keychain;
};

} // namespace hubkeeper
