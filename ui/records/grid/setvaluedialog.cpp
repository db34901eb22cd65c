// SPDX-License-Identifier: MIT
#include "records/grid/setvaluedialog.h"

#include "widgets/notelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SetValueDialog::SetValueDialog(const PropertyNames &names, const QStringList &properties,
                               qint64 cells, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"setValueDialog"_s);
    setWindowTitle(tr("Set Value"));
    const bool isOne = properties.size() == 1;
    auto *question = new QLabel(
        isOne
            //: %1 is a property: "Country/Region".
            ? tr("%Ln cell(s) of “%1” get this value:", nullptr, int(cells))
                  .arg(names.label(properties.first()))
            : tr("%Ln cell(s) get this value, each as its property reads it:", nullptr, int(cells)),
        this);
    question->setWordWrap(true);
    question->setTextFormat(Qt::PlainText);
    auto *fault = new NoteLabel(this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *set = buttons->addButton(tr("&Set"), QDialogButtonBox::AcceptRole);
    set->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(question);
    if (isOne) {
        m_editor = makePropertyEditor(names.definition(properties.first()), names, false, this);
        m_editor->setText(QString());
        question->setBuddy(m_editor);
        layout->addWidget(m_editor);
        m_editor->setFocus();
    } else {
        m_line = new QLineEdit(this);
        m_line->setObjectName(u"setValueText"_s);
        question->setBuddy(m_line);
        layout->addWidget(m_line);
        m_line->setFocus();
    }
    layout->addWidget(fault);
    layout->addStretch();
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, fault] {
        const QString refusal = m_editor ? m_editor->refusal() : QString();
        fault->setText(refusal);
        if (refusal.isEmpty())
            accept();
    });
    setMinimumWidth(fontMetrics().averageCharWidth() * 50);
}

QString SetValueDialog::text() const
{
    return m_editor ? m_editor->text() : m_line->text();
}

} // namespace hubkeeper
