// SPDX-License-Identifier: MIT
#pragma once

#include "shell/page.h"

class QCheckBox;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace hubkeeper {

class RequestsModel;
struct TrafficRecord;

/// Every call of the session: what was asked, what came back; copy as curl, export. Tokens are
/// never part of it; personal data is masked on demand. A panel of the lower dock.
class RequestsDock final : public Page
{
    Q_OBJECT

public:
    explicit RequestsDock(QWidget *parent);
    ~RequestsDock() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;

    [[nodiscard]] QTableView *table() const { return m_table; }

private:
    void showDetails();
    void copyAsCurl();
    void exportAll();
    void updateButtons();
    [[nodiscard]] const TrafficRecord *current() const;
    [[nodiscard]] QString shownBody(const QByteArray &body, bool hidden) const;

    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<RequestsModel> m_model;
    QTableView *m_table;
    QPlainTextEdit *m_details;
    QCheckBox *m_mask;
    QPushButton *m_copy;
    QPushButton *m_export;
    QPushButton *m_clear;
};

} // namespace hubkeeper
