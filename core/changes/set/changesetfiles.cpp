// SPDX-License-Identifier: MIT
#include "changes/set/changesetprivate.h"
#include "changes/set/changesfile.h"
#include "changes/set/savingchanges.h"
#include "changes/set/signedchanges.h"

namespace hubkeeper {

Call<void> *ChangeSet::saveAs(const QString &path, QObject *parent, const QString &note)
{
    return new SavingChanges(*this, d->staged.rows.store(), path, note, parent);
}

const std::shared_ptr<const SignedChanges> &ChangeSet::signedAs() const
{
    return d->signedAs;
}

void ChangeSet::setSignedAs(std::shared_ptr<const SignedChanges> changes)
{
    if (!changes && !d->signedAs)
        return;
    d->signedAs = std::move(changes);
    if (ChangeStore *store = d->staged.rows.store())
        store->post([form = d->signedAs ? keptForm(*d->signedAs) : QString()](ChangeFile &file) {
            file.setSignedAs(form);
        });
    emit changed();
}

Call<AddedRows> *ChangeSet::addFile(const ExchangedChanges &file, Adding adding,
                                    const QString &name, QObject *parent)
{
    if (const auto refusal = refusalOf(file.binding(), d->binding))
        return new ReadyCall<AddedRows>(tl::unexpected(*refusal), parent);
    const bool isAlone = adding == Adding::Replace || isEmpty();
    auto *call = addRows(file.rows, adding, name, parent);
    call->onDone(this, [this, isAlone, signedAs = file.signedAs()](const Result<AddedRows> &added) {
        if (added && (signedAs || isAlone))
            setSignedAs(signedAs);
    });
    return call;
}

} // namespace hubkeeper
