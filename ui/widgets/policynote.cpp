// SPDX-License-Identifier: MIT
#include "widgets/policynote.h"

#include <QCoreApplication>
#include <QWidget>

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PolicyNote)
};

} // namespace

QString policyNote(const QString &file, const RulePlace &place)
{
    //: %1 is a path, %2 the name of a rule, %3 a line number.
    return Words::tr("Set by the policy file %1 (%2, line %3).")
        .arg(file, place.rule, QString::number(place.line));
}

void lockByPolicy(QWidget *widget, const QString &note)
{
    widget->setEnabled(false);
    widget->setToolTip(note);
    widget->setAccessibleDescription(note);
}

} // namespace hubkeeper
