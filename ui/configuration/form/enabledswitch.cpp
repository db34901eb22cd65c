// SPDX-License-Identifier: MIT
#include "configuration/form/enabledswitch.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

EnabledSwitch::EnabledSwitch(QWidget *parent)
    : QCheckBox(tr("Ena&bled"), parent)
{
    QFont bold = font();
    bold.setBold(true);
    setFont(bold);
    setToolTip(tr("Whether IDM starts this connector"));
    connect(this, &QCheckBox::clicked, this, &EnabledSwitch::commit);
    showValue();
}

void EnabledSwitch::setDocument(Document *document)
{
    m_document = document;
    showValue();
}

void EnabledSwitch::showValue()
{
    const bool isValid = m_document && m_document->text().isValid();
    const int node = isValid ? m_document->text().at(u"/enabled"_s) : JsonText::none;
    const bool isPlain =
        node == JsonText::none || m_document->text().node(node).kind == JsonKind::Boolean;
    setEnabled(isValid && isPlain);
    if (isPlain)
        setChecked(isValid && m_document->value(u"/enabled"_s).toBool(true));
    else
        setCheckState(Qt::PartiallyChecked);
}

void EnabledSwitch::commit(bool on)
{
    if (!m_document)
        return;
    const auto done = m_document->setValue(u"/enabled"_s, on, on ? tr("Enable") : tr("Disable"));
    if (!done)
        emit failed(done.error());
}

} // namespace hubkeeper
