// SPDX-License-Identifier: MIT
#include "connect/writemodedialog.h"

#include "session/connections/connectionsettings.h"
#include "widgets/connectiontext.h"
#include "widgets/messagebar.h"
#include "widgets/policynote.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

WriteModeDialog::WriteModeDialog(const Connection &connection, SaveConnection save, QWidget *parent)
    : QDialog(parent)
    , m_save(std::move(save))
    , m_connection(connection)
    , m_messages(new MessageBar(this))
    , m_modes(new QButtonGroup(this))
    , m_question(new QLabel(this))
    , m_label(new QLineEdit(this))
{
    setObjectName(u"writeModeDialog"_s);
    //: %1 is the label of a connection.
    setWindowTitle(tr("Write Mode of %1").arg(connection.label));
    build();
    check();
}

void WriteModeDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_messages);
    for (const WriteMode mode :
         {WriteMode::ReadOnly, WriteMode::ReviewRequired, WriteMode::Confirm, WriteMode::Free}) {
        auto *button = new QRadioButton(textOf(mode), this);
        button->setObjectName(nameOf(mode));
        button->setIcon(iconOf(mode));
        button->setChecked(mode == m_connection.policy.mode);
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
    tabInOrder({m_modes->buttons().last(), m_label, m_ok});
    m_modes->checkedButton()->setFocus(); // Where the arrows start.
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    connect(buttons, &QDialogButtonBox::accepted, this, &WriteModeDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_modes, &QButtonGroup::idToggled, this, &WriteModeDialog::check);
    connect(m_label, &QLineEdit::textChanged, this, &WriteModeDialog::check);
}

void WriteModeDialog::lock(const PortalLimits &limits)
{
    if (!limits.mode)
        return;
    const QString note = policyNote(limits.file, limits.mode->place);
    for (const WriteMode mode : allWriteModes) {
        if (mode > limits.mode->value)
            lockByPolicy(m_modes->button(int(mode)), note);
    }
    if (mode() > limits.mode->value)
        m_modes->button(int(limits.mode->value))->setChecked(true); // What holds.
    //: %1 is a write mode: "Read-only".
    m_messages->showMessage(MessageBar::Information,
                            tr("At most this is allowed: %1").arg(textOf(limits.mode->value)),
                            note);
}

WriteMode WriteModeDialog::mode() const
{
    return WriteMode(m_modes->checkedId());
}

Connection WriteModeDialog::chosen() const
{
    Connection after = m_connection;
    after.policy.mode = mode();
    return after;
}

void WriteModeDialog::follow(const Connection &now)
{
    if (now.id != m_connection.id)
        return reject(); // Another one is open; this choice was not meant for it.
    const bool isChosen = mode() != m_connection.policy.mode;
    if (now.policy.mode != m_connection.policy.mode && now.policy.mode != mode()) {
        //: %1 is a write mode: "Read-only".
        m_messages->showMessage(
            MessageBar::Information,
            tr("Another program has set the write mode to: %1").arg(textOf(now.policy.mode)));
        if (!isChosen)
            m_modes->button(int(now.policy.mode))->setChecked(true);
    }
    m_connection = now;
    check();
}

void WriteModeDialog::accept()
{
    if (const auto saved = m_save(m_connection, chosen()); !saved)
        return m_messages->showError(saved.error(), Situation::SavingConnection);
    QDialog::accept();
}

void WriteModeDialog::check()
{
    const bool asks = liftsGuard(m_connection, chosen());
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
