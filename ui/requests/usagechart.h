// SPDX-License-Identifier: MIT
#pragma once

#include "net/trafficusage.h"

#include <QWidget>

namespace hubkeeper {

/// Own calls over the last ten minutes as bars, searches on top of the others. The colours are the
/// palette's; what the picture shows is in the accessible description too.
class UsageChart final : public QWidget
{
    Q_OBJECT

public:
    explicit UsageChart(QWidget *parent);

    void setUsage(const QList<UsageSlot> &usage);
    /// The same as a sentence.
    [[nodiscard]] QString summary() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int highest() const;

    QList<UsageSlot> m_usage;
};

} // namespace hubkeeper
