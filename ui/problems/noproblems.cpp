// SPDX-License-Identifier: MIT
#include "problems/noproblems.h"

#include "configuration/findings/documentfindings.h"
#include "problems/explanation.h"
#include "widgets/showntime.h"

#include <QBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace hubkeeper {

NoProblems::NoProblems(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_rules(new QToolButton(this))
    , m_all(new QToolButton(this))
{
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_rules->setText(tr("Show the Rules"));
    m_all->setText(tr("Show All"));
    for (QToolButton *button : {m_rules, m_all})
        button->setFocusPolicy(Qt::StrongFocus);
    connect(m_rules, &QToolButton::clicked, this, &NoProblems::rulesWanted);
    connect(m_all, &QToolButton::clicked, this, &NoProblems::allWanted);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_text);
    layout->addWidget(m_rules, 0, Qt::AlignHCenter);
    layout->addWidget(m_all, 0, Qt::AlignHCenter);
    layout->addStretch(1);
}

void NoProblems::showReason(const DocumentFindings &findings, int hidden)
{
    m_all->setVisible(hidden > 0);
    m_rules->setVisible(hidden == 0);
    if (!findings.document()) {
        m_text->setText(tr("No provisioner is open."));
    } else if (findings.isChecking()) {
        m_text->setText(tr("The file is large; it is being checked."));
    } else if (hidden > 0) {
        m_text->setText(tr("%Ln finding(s) do not match the filter.", nullptr, hidden));
    } else {
        m_text->setText(
            tr("Checked at %1 with %Ln rule(s): nothing was found.", nullptr, ruleCount())
                .arg(shownSoon(findings.checkedAt())));
    }
}

} // namespace hubkeeper
