// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;

namespace hubkeeper {

class FactCard;
class Session;
class UsageChart;

/// What the account's limits leave, by HubSpot's headers and our own settings, and own use over the
/// last ten minutes. Renewed every second while it is seen.
class LimitsView final : public QWidget
{
    Q_OBJECT

public:
    explicit LimitsView(QWidget *parent);

    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] UsageChart *chart() const { return m_chart; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void renew();

    std::shared_ptr<Session> m_session;
    QTimer m_tick;
    FactCard *m_facts;
    UsageChart *m_chart;
    QLabel *m_summary;
};

} // namespace hubkeeper
