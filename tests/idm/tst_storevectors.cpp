// SPDX-License-Identifier: MIT
#include "../reconcile/recordedcase.h"
#include "idm/preview/storepreview.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Every recorded run once more, with objects and links in databases: what comes of it must not
/// depend on where they are kept.
class StoreVectorsTest final : public QObject
{
    Q_OBJECT

private slots:
    void agrees();
};

void StoreVectorsTest::agrees()
{
    const QDir folder(QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/reconcile/vectors"));
    const QStringList files = folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    int compared = 0;
    for (const QString &file : files) {
        const RecordedCase recorded(folder.filePath(file));
        for (int run = 0; run < recorded.runs(); ++run) {
            const QStringList expected = recorded.differences(run);
            const auto store = PreviewStore::makeTemporary();
            QVERIFY(store);
            const auto work = PreviewWork::make(*store);
            QVERIFY(work);
            QStringList actual;
            const auto done = onStore([&] {
                PreviewPlace place = (*work)->place();
                place.keepsSent = true;
                actual = recorded.differences(run, std::move(place));
            });
            QVERIFY2(done, done ? "" : qPrintable(done.error().what));
            QVERIFY2(actual == expected,
                     qPrintable(file + u" run %1: "_s.arg(run) + actual.join(u'\n')));
            ++compared;
        }
    }
    QVERIFY2(compared > 250, qPrintable(QString::number(compared)));
}

HUBKEEPER_TEST(StoreVectorsTest)
#include "tst_storevectors.moc"
