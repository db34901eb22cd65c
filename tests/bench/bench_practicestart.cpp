// SPDX-License-Identifier: MIT
// From nothing to the first page of a practice portal with 200,000 contacts and 50,000 companies.
#include "bench/benchrig.h"

#include <QCoreApplication>

using namespace hubkeeper;
using namespace hubkeeper::bench;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    practice::PracticeOptions options;
    options.contacts = 200'000;
    options.companies = 50'000;
    QElapsedTimer timer;
    timer.start();
    BenchRig rig(options, 100);
    QObject parent;
    const auto page = valueOf(rig.portal.list(ObjectType::Contacts, {}, &parent));
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    if (page.records.size() != 100)
        giveUp(u"The first page is not whole."_s);
    print({{u"benchmark"_s, u"practiceStart"_s},
           {u"contacts"_s, options.contacts},
           {u"companies"_s, options.companies},
           {u"seconds"_s, rounded(seconds)}});
    return 0;
}
