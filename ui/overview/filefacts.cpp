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

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::OverviewPage)
};

} // namespace

void showFile(FactCard &card, const Document *document, const std::optional<Connection> &connection)
{
    const bool isReadable = document && document->text().isValid();
    if (!isReadable || !connection)
        return card.showSentence(Words::tr("The file cannot be read as it is."));
    const JsonText &text = document->text();
    QStringList types;
    if (const int node = text.at(u"/objectTypes"_s); node != JsonText::none) {
        for (int at = text.node(node).firstChild; at != JsonText::none; at = text.node(at).next)
            types.append(text.keyOf(at));
    }
    const QString name = document->value(u"/name"_s).toString();
    card.clear();
    card.addFact(Words::tr("Name:"), name.isEmpty() ? labelFor(connection->provisionerPath) : name);
    card.addFact(Words::tr("Enabled:"),
                 document->value(u"/enabled"_s).toBool(true) ? Words::tr("yes") : Words::tr("no"));
    card.addFact(Words::tr("Bundle version:"),
                 document->value(u"/connectorRef/bundleVersion"_s).toString());
    card.addFact(Words::tr("Object types:"), types.join(u", "_s));
    card.addFact(Words::tr("API version:"), nameOf(connection->apiVersion));
    card.addFact(Words::tr("Address:"), connection->baseUrl.toDisplayString());
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
    card.addFact(Words::tr("When:"),
                 //: %1 is a date.
                 days >= 0 ? Words::tr("%1, in %n day(s)", nullptr, days).arg(date)
                           : Words::tr("%1, %n day(s) ago", nullptr, -days).arg(date));
    card.addFact(Words::tr("What:"), withShownTimes(next.finding.message));
    card.addFact(Words::tr("Effect:"), next.finding.effect);
    card.addFact(Words::tr("What to do:"), next.finding.remedy);
    if (ends.size() > 1) {
        //: Rules are those of the validator.
        card.addFact(Words::tr("Then:"),
                     Words::tr("%n more, on the Problems panel", nullptr, int(ends.size()) - 1));
    }
}

} // namespace hubkeeper
