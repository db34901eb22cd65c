// SPDX-License-Identifier: MIT
#include "problems/severitybuttons.h"

#include "configuration/findings/documentfindings.h"
#include "problems/findingsmodel.h"
#include "widgets/icons.h"

#include <QBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SeverityButtons::SeverityButtons(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info})
        row->addWidget(add(severity));
}

QToolButton *SeverityButtons::add(Severity severity)
{
    auto *button = new QToolButton(this);
    button->setObjectName(nameOf(severity) + u"Shown"_s);
    button->setIcon(hubkeeper::icon(severityIcon(severity)));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setChecked(true);
    button->setFocusPolicy(Qt::StrongFocus);
    m_buttons[size_t(severity)] = button;
    connect(button, &QToolButton::toggled, this,
            [this, severity](bool shown) { emit toggled(severity, shown); });
    return button;
}

void SeverityButtons::checkAll()
{
    for (QToolButton *button : m_buttons)
        button->setChecked(true);
}

void SeverityButtons::showCounts(const DocumentFindings &findings)
{
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
        const int count = findings.count(severity);
        QString text;
        if (severity == Severity::Error)
            text = tr("%Ln error(s)", nullptr, count);
        else if (severity == Severity::Warning)
            text = tr("%Ln warning(s)", nullptr, count);
        else
            text = tr("%Ln remark(s)", "findings of severity info", count);
        m_buttons[size_t(severity)]->setText(text);
        m_buttons[size_t(severity)]->setToolTip(tr("Show or hide them"));
    }
}

} // namespace hubkeeper
