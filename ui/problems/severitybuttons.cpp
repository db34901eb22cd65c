// SPDX-License-Identifier: MIT
#include "problems/severitybuttons.h"

#include "configuration/findings/documentfindings.h"
#include "problems/findingsmodel.h"
#include "widgets/icons.h"

#include <QBoxLayout>
#include <QLocale>
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
        QToolButton *button = m_buttons[size_t(severity)];
        button->setText(QLocale().toString(count)); // The icon says of what; there is little room.
        //: %1 is a severity, %2 a number: "Error: 3".
        button->setAccessibleName(tr("%1: %2").arg(severityText(severity), button->text()));
        //: %1 is a severity with a number: "Error: 3".
        button->setToolTip(tr("%1. Show or hide them.").arg(button->accessibleName()));
    }
}

} // namespace hubkeeper
