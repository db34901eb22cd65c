// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "widgets/page.h"

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;
class QTableView;

namespace hubkeeper {

class LimitsView;
class Masking;
class RequestsFilter;
class RequestsModel;
struct TrafficRecord;

/// Every call of the session: what was asked, what came back, what the limits leave; copy as curl
/// or as a hubkeeper-cli line, export. Tokens are never part of it; bodies are kept only on demand,
/// and personal data are pseudonyms while the window masks them. A panel of the lower dock.
class RequestsDock final : public Page
{
    Q_OBJECT

public:
    /// `masking` must outlive the dock.
    RequestsDock(Masking &masking, QWidget *parent);
    ~RequestsDock() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    /// Always: requests are looked at when somebody asks for them.
    [[nodiscard]] bool isEmpty() const override { return true; }
    void setSession(std::shared_ptr<Session> session) override;
    void showItem(const PlaceItem &item) override; ///< "limits" shows these.
    void focusFilter() override;

    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] QPlainTextEdit *details() const { return m_details; }
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }
    [[nodiscard]] QCheckBox *onlyFailed() const { return m_onlyFailed; }
    [[nodiscard]] QCheckBox *keepBodies() const { return m_keepBodies; }
    [[nodiscard]] QPushButton *pause() const { return m_pause; }
    [[nodiscard]] LimitsView *limits() const { return m_limits; }
    /// As HAR or JSON lines, by the ending of the name; a new file is private (0600).
    [[nodiscard]] Result<void> exportTo(const QString &path) const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void connectModel();
    void showColumns();
    void showDetails();
    void copyAsCurl();
    void copyAsCommand();
    void chooseExport();
    void maskingChanged();
    void updateButtons();
    [[nodiscard]] const TrafficRecord *current() const;
    [[nodiscard]] std::optional<QString> commandFor(const TrafficRecord &record) const;

    Masking &m_masking;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<RequestsModel> m_model;
    RequestsFilter *m_filtered;
    QTabWidget *m_tabs;
    QTableView *m_table;
    QPlainTextEdit *m_details;
    LimitsView *m_limits;
    QLineEdit *m_filter;
    QCheckBox *m_onlyFailed;
    QCheckBox *m_keepBodies;
    QPushButton *m_pause;
    QPushButton *m_copy;
    QPushButton *m_copyCommand;
    QPushButton *m_export;
    QPushButton *m_clear;
};

} // namespace hubkeeper
