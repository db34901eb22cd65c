// SPDX-License-Identifier: MIT
#include "workbench/history/asofdialog.h"

#include "session/open/session.h"
#include "widgets/commandfield.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "workbench/history/asofchoices.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

AsOfDialog::AsOfDialog(Session &session, const PropertyNames &names, RecordsSubject subject,
                       QWidget *parent)
    : StagingDialog(session, names, std::move(subject),
                    {u"asOf"_s,
                     tr("Preview shows what the values were beside what they are. Nothing is "
                        "staged before."),
                     {tr("Then"), tr("Not &known"), true}},
                    parent)
    , m_choices(new AsOfChoices(names, this->subject(), this))
{
    const ObjectType type = this->subject().set->type();
    //: %1 is the name of a connection.
    setWindowTitle((type == ObjectType::Contacts ? tr("Values of Contacts As Of a Moment – %1")
                                                 : tr("Values of Companies As Of a Moment – %1"))
                       .arg(session.connection().label));
    auto *limits = new NoteLabel(this);
    limits->setObjectName(u"asOfLimits"_s);
    limits->setText(tr("HubSpot keeps the last %Ln value(s) of a property. What it does not know "
                       "any more is listed, not guessed.",
                       nullptr, keptValues(type)));
    build({m_choices, limits}, 130);
    connect(m_choices, &AsOfChoices::changed, this, &AsOfDialog::forget);
}

void AsOfDialog::preview()
{
    if (!subject().set)
        return message().showMessage(MessageBar::Failure,
                                     tr("The records were read again; open Values As Of anew."));
    auto *call = new ValuesAsOf(session(), *subject().set, subject().rows(m_choices->extent()),
                                m_choices->properties(), m_choices->moment(), work());
    watch(call, tr("Reading the history"));
    call->onDone(work(), [this](const Result<CheckedAsOf> &checked) { onRead(checked); });
}

void AsOfDialog::onRead(const Result<CheckedAsOf> &checked)
{
    if (!checked)
        return showFailure(tr("The values were not read."), checked.error());
    QStringList said {tr("%Ln value(s) were different then.", nullptr,
                         int(checked->values->counts.changedCount()))};
    if (checked->unknown > 0)
        said.append(
            tr("HubSpot does not know %Ln value(s) any more.", nullptr, int(checked->unknown)));
    if (checked->notThere > 0)
        said.append(tr("%Ln value(s) are of records that were made later.", nullptr,
                       int(checked->notThere)));
    showChecked(checked->values, said);
}

bool AsOfDialog::mayPreview() const
{
    return !m_choices->properties().isEmpty();
}

void AsOfDialog::enableChoices(bool isEnabled)
{
    m_choices->setEnabled(isEnabled);
}

void AsOfDialog::showCommand()
{
    const auto records = commandWords(subject(), m_choices->extent(), u"--where"_s);
    if (m_choices->properties().isEmpty())
        return command().setWords({}, tr("Tick the properties that are to be put back."));
    if (!records)
        return command().setWords({}, tr("None: it would have to name every record"));
    QStringList words {u"hubkeeper-cli"_s, u"history"_s, subject().provisioner,
                       commandWord(subject().view.type)};
    words += records->isEmpty() ? QStringList {u"--where"_s, u"true"_s} : *records;
    for (const QString &property : m_choices->properties())
        words << u"--property"_s << property;
    words << u"--as-of"_s << m_choices->moment().toUTC().toString(Qt::ISODate) << u"--stage"_s;
    command().setWords(words, commandNote());
}

} // namespace hubkeeper
