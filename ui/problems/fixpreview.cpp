// SPDX-License-Identifier: MIT
#include "problems/fixpreview.h"

#include "editor/difftext.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

FixPreview::FixPreview(const QByteArray &before, const FixOutcome &outcome, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"fixPreview"_s);
    setWindowTitle(tr("Fix All Safe Findings"));
    const int fixed = int(outcome.fixed.size());
    const int remaining = int(outcome.remaining.size());
    auto *summary =
        new QLabel(tr("%Ln finding(s) can be fixed without changing what is meant.", nullptr, fixed)
                       + u' ' + tr("%Ln finding(s) will remain.", nullptr, remaining),
                   this);
    summary->setWordWrap(true);
    auto *text = new DiffText(DiffSide::Both, this);
    text->show(compared(before, outcome.bytes, 2).rows);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *apply = buttons->addButton(tr("&Fix All"), QDialogButtonBox::AcceptRole);
    apply->setEnabled(fixed > 0);
    apply->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(summary);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 32);
}

} // namespace hubkeeper
