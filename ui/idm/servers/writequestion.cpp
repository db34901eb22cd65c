// SPDX-License-Identifier: MIT
#include "idm/servers/writequestion.h"

#include "session/idm/serverregistry.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

WriteQuestionDialog::WriteQuestionDialog(const Server &server, const WriteQuestion &question,
                                         QWidget *parent)
    : QDialog(parent)
    , m_label(new QLineEdit(this))
{
    setObjectName(u"writeQuestion"_s);
    setWindowTitle(question.title);
    const auto label = [this](const QString &text) {
        auto *made = new QLabel(this);
        made->setTextFormat(Qt::PlainText);
        made->setWordWrap(true);
        made->setText(text);
        return made;
    };
    auto *column = new QVBoxLayout(this);
    QLabel *text = label(question.text);
    QFont bold = text->font();
    bold.setBold(true);
    text->setFont(bold);
    column->addWidget(text);
    if (!question.consequences.isEmpty())
        column->addWidget(label(question.consequences));
    const bool isProduction = server.kind == ConnectionKind::Production;
    //: %1 is the label of a server, which the user is to type.
    QLabel *typed = label(tr("This is a production server. Type its &label: %1")
                              .arg(QString(server.label).replace(u'&', u"&&"_s)));
    typed->setBuddy(m_label);
    m_label->setObjectName(u"label"_s);
    m_label->setAccessibleName(tr("Label of the server, to confirm"));
    typed->setVisible(isProduction);
    m_label->setVisible(isProduction);
    column->addWidget(typed);
    column->addWidget(m_label);
    column->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(question.verb, QDialogButtonBox::AcceptRole);
    m_go->setObjectName(u"go"_s);
    m_go->setEnabled(!isProduction);
    m_go->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    column->addWidget(buttons);
    connect(m_label, &QLineEdit::textChanged, this, [this, expected = server.label] {
        m_go->setEnabled(m_label->text().trimmed() == expected);
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
}

void askToWrite(const Server &server, const WriteQuestion &question, QWidget *parent,
                QObject *context, std::function<void()> go, std::function<void()> stop)
{
    const auto limits = currentLimits(server);
    const bool isForced = !limits || (limits->mode && limits->mode->value != WriteMode::Free);
    if (server.mode == WriteMode::Free && server.kind != ConnectionKind::Production && !isForced)
        return go();
    auto *dialog = new WriteQuestionDialog(server, question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, context, std::move(go));
    if (stop)
        QObject::connect(dialog, &QDialog::rejected, context, std::move(stop));
    QObject::connect(context, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

} // namespace hubkeeper
