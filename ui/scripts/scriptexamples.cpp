// SPDX-License-Identifier: MIT
#include "scripts/scriptexamples.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ScriptExample)
};

} // namespace

QString ScriptExample::text() const
{
    QFile file(u":/scripts/%1.js"_s.arg(id));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<ScriptExample> scriptExamples()
{
    return {
        {u"contacts-per-city"_s,
         Words::tr("Count contacts per city"),
         Words::tr("Reads all contacts page by page and counts them by city. Writes nothing."),
         {}},
        {u"contacts-without-last-name"_s,
         Words::tr("Find contacts without a last name"),
         Words::tr("One search with a filter. Writes nothing."),
         {}},
        {u"normalise-phone"_s,
         Words::tr("Bring phone numbers into one form"),
         Words::tr("Takes blanks and brackets out and puts the country code in front. Writes to "
                   "contacts: run it dry and review the changes."),
         {{u"countryCode"_s, u"+41"_s}}},
        {u"compare-two-properties"_s,
         Words::tr("Compare two attributes"),
         Words::tr("Lists contacts whose two attributes hold the same text, such as a first name "
                   "that was typed into the last name too. Writes nothing."),
         {{u"first"_s, u"firstname"_s}, {u"second"_s, u"lastname"_s}}},
        {u"owners-without-records"_s,
         Words::tr("List owners without contacts"),
         Words::tr("Needs the live schema (readSchema): the built-in one does not know the owner "
                   "of a contact. Writes nothing."),
         {}},
        {u"shared-phone-numbers"_s,
         Words::tr("Find shared phone numbers"),
         Words::tr("Groups contacts by phone number; who shares one may be the same person. "
                   "Writes nothing."),
         {}},
        {u"schema-overview"_s,
         Words::tr("Overview of the schema"),
         Words::tr("Counts the attributes of each object class. Writes nothing."),
         {}},
    };
}

} // namespace hubkeeper
