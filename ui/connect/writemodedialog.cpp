// SPDX-License-Identifier: MIT
#include "connect/writemodedialog.h"

#include "widgets/connectiontext.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

WriteModeDialog::WriteModeDialog(const Connection &connection, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_modes(new QButtonGroup(this))
    , m_question(new QLabel(this))
    , m_label(new QLineEdit(this))
{
    setObjectName(u"writeModeDialog"_s);
    //: %1 is the label of a connection.
    setWindowTitle(tr("Write Mode of %1").arg(connection.label));
    auto *column = new QVBoxLayout(this);
    for (const WriteMode mode :
         {WriteMode::ReadOnly, WriteMode::ReviewRequired, WriteMode::Confirm, WriteMode::Free}) {
        auto *button = new QRadioButton(textOf(mode), this);
        button->setObjectName(nameOf(mode));
        button->setIcon(iconOf(mode));
        button->setChecked(mode == connection.policy.mode);
        button->setAccessibleDescription(explanationOf(mode));
        m_modes->addButton(button, int(mode));
        auto *explanation = new QLabel(explanationOf(mode), this);
        explanation->setWordWrap(true);
        explanation->setIndent(fontMetrics().averageCharWidth() * 4);
        column->addWidget(button);
        column->addWidget(explanation);
    }
    column->addSpacing(fontMetrics().height() / 2);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    m_question->setBuddy(m_label);
    m_label->setObjectName(u"label"_s);
    m_label->setAccessibleName(tr("Label of the connection, to confirm"));
    column->addWidget(m_question);
    column->addWidget(m_label);
    column->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_modes, &QButtonGroup::idToggled, this, &WriteModeDialog::check);
    connect(m_label, &QLineEdit::textChanged, this, &WriteModeDialog::check);
    check();
}

WriteMode WriteModeDialog::mode() const
{
    return WriteMode(m_modes->checkedId());
}

bool WriteModeDialog::needsLabel() const
{
    return m_connection.kind == ConnectionKind::Production
        && m_modes->checkedId() > int(m_connection.policy.mode);
}

void WriteModeDialog::check()
{
    const bool asks = needsLabel();
    m_question->setVisible(m_connection.kind == ConnectionKind::Production);
    m_label->setVisible(m_connection.kind == ConnectionKind::Production);
    m_label->setEnabled(asks);
    m_question->setEnabled(asks);
    //: %1 is the label of a connection, which the user is to type.
    m_question->setText(tr("This is a production portal. To allow more, type its &label: %1")
                            .arg(m_connection.label));
    m_ok->setEnabled(!asks || m_label->text().trimmed() == m_connection.label);
}

} // namespace hubkeeper
