// SPDX-License-Identifier: MIT
#include "overview/filefacts.h"

#include "provisioner/document/document.h"
#include "session/checks/deprecations.h"
#include "widgets/factcard.h"
#include "widgets/showntime.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct FactWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::OverviewPage)
};

} // namespace

void showFile(FactCard &card, const Document *document, const std::optional<Connection> &connection)
{
    const bool isReadable = document && document->text().isValid();
    if (!isReadable || !connection)
        return card.showSentence(FactWords::tr("The file cannot be read as it is."));
    const JsonText &text = document->text();
    QStringList types;
    if (const int node = text.at(u"/objectTypes"_s); node != JsonText::none) {
        for (int at = text.node(node).firstChild; at != JsonText::none; at = text.node(at).next)
            types.append(text.keyOf(at));
    }
    const QString name = document->value(u"/name"_s).toString();
    card.clear();
    card.addFact(FactWords::tr("Name:"),
                 name.isEmpty() ? labelFor(connection->provisionerPath) : name);
    card.addFact(FactWords::tr("Enabled:"),
                 document->value(u"/enabled"_s).toBool(true) ? FactWords::tr("yes")
                                                             : FactWords::tr("no"));
    card.addFact(FactWords::tr("Bundle version:"),
                 document->value(u"/connectorRef/bundleVersion"_s).toString());
    card.addFact(FactWords::tr("Object types:"), types.join(u", "_s));
    card.addFact(FactWords::tr("API version:"), nameOf(connection->apiVersion));
    card.addFact(FactWords::tr("Address:"), connection->baseUrl.toDisplayString());
}

void showWhatEnds(FactCard &card, const Document *document,
                  const std::optional<Connection> &connection, const Paths &paths)
{
    const QDate today = QDate::currentDate();
    const QList<Deprecation> ends = document && connection
        ? deprecationsOf(document->bytes(), connection->apiVersion, today, paths)
        : QList<Deprecation>();
    card.setVisible(!ends.isEmpty());
    if (ends.isEmpty())
        return;
    const Deprecation &next = ends.first();
    const QString date = shownDay(next.date);
    const int days = int(today.daysTo(next.date));
    card.clear();
    card.addFact(FactWords::tr("When:"),
                 //: %1 is a date.
                 days >= 0 ? FactWords::tr("%1, in %Ln day(s)", nullptr, days).arg(date)
                           : FactWords::tr("%1, %Ln day(s) ago", nullptr, -days).arg(date));
    card.addFact(FactWords::tr("What:"), withShownTimes(next.finding.message));
    card.addFact(FactWords::tr("Effect:"), next.finding.effect);
    card.addFact(FactWords::tr("What to do:"), next.finding.remedy);
    if (ends.size() > 1) {
        //: Rules are those of the validator.
        card.addFact(
            FactWords::tr("Then:"),
            FactWords::tr("%Ln more, on the Problems panel", nullptr, int(ends.size()) - 1));
    }
}

} // namespace hubkeeper
