// SPDX-License-Identifier: MIT
#include "workbench/snapshots/badweather.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A fault of the practice portal, and the request that it hits: one that writes.
QString fault(const QString &kind, const QString &which)
{
    return kind + u",path=batch/(create|update|archive|upsert)$,"_s + which;
}

} // namespace

BadWeather::BadWeather(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(u"badWeather"_s);
    setPopupMode(InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setToolTip(tr("What goes wrong at the practice portal while the changes are rehearsed"));
    auto *menu = new QMenu(this);
    const auto add = [&](const QString &text, const QString &what) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(what);
        connect(action, &QAction::toggled, this, &BadWeather::showChoice);
    };
    add(tr("The first write fails with a server error (502)"),
        fault(u"status,status=502"_s, u"nth=1"_s));
    add(tr("The answer to the first write is lost"), fault(u"closeAfterWork"_s, u"nth=1"_s));
    add(tr("The connection breaks before the second write"),
        fault(u"closeBeforeWork"_s, u"nth=2"_s));
    add(tr("Too many requests at the first write (429)"), fault(u"rateTenSecondly"_s, u"nth=1"_s));
    add(tr("The daily limit is reached at the second write"),
        fault(u"rateDaily"_s, u"nth=2,times=-1"_s));
    add(tr("HubSpot has locked the records of the first write (423)"),
        fault(u"locked"_s, u"nth=1"_s));
    setMenu(menu);
    showChoice();
}

QStringList BadWeather::faults() const
{
    QStringList faults;
    for (const QAction *action : menu()->actions()) {
        if (action->isChecked())
            faults.append(action->data().toString());
    }
    return faults;
}

QStringList BadWeather::namesOf(const QStringList &unfired) const
{
    QStringList names;
    for (const QAction *action : menu()->actions()) {
        if (unfired.contains(action->data().toString()))
            names.append(action->text());
    }
    return names;
}

void BadWeather::showChoice()
{
    const int count = int(faults().size());
    setText(count == 0 ? tr("No Faults") : tr("With %Ln Fault(s)", nullptr, count));
}

} // namespace hubkeeper
