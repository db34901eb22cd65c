// SPDX-License-Identifier: MIT
#pragma once

#include "overview/readiness.h"

#include <QFrame>

class QGridLayout;
class QLabel;

namespace hubkeeper {

/// The checklist of a connector before it goes live: a mark, a sentence, and a button that leads
/// to where the thing is done.
class ReadinessView final : public QFrame
{
    Q_OBJECT

public:
    explicit ReadinessView(QWidget *parent);

    void setLines(const QList<ReadinessLine> &lines);

signals:
    void goTo(const hubkeeper::Place &place);
    void wants(hubkeeper::Choice choice);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void addLine(const ReadinessLine &line);

    QList<ReadinessLine> m_lines;
    QLabel *m_summary;
    QWidget *m_rows = nullptr;
    QGridLayout *m_grid = nullptr;
};

} // namespace hubkeeper
