// SPDX-License-Identifier: MIT
#include "session/views/viewregistry.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// How views are kept.
class TestViewRegistry final : public QObject
{
    Q_OBJECT

private slots:
    void keepsViews();
    void namesAreUnique();
    void sharesTheFile();
    void neverOverwritesADamagedFile();
    void keepsWhatItDoesNotKnow();
};

void TestViewRegistry::keepsViews()
{
    QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ViewRegistry::load(paths);
    QVERIFY(registry);
    RecordView view;
    view.connectionId = u"c"_s;
    view.name = u" Leads "_s;
    view.words = u"ada"_s;
    view.filter = u"lifecyclestage eq \"lead\""_s;
    view.columns = QStringList {u"email"_s, u"city"_s};
    view.widths = {{u"email"_s, 240}, {QString(), 90}};
    view.pinned = 3;
    view.sorts = {{u"city"_s, true}, {QString(), false}};
    const auto first = registry->add(view);
    QVERIFY(first && !first->id.isEmpty());
    QCOMPARE(first->name, u"Leads"_s);
    view.name = u"Before"_s;
    const auto second = registry->add(view, 0);
    QVERIFY(second);

    auto other = ViewRegistry::load(paths);
    QVERIFY(other);
    const QList<RecordView> views = other->of(u"c"_s, ObjectType::Contacts);
    QCOMPARE(views.size(), 2);
    QCOMPARE(views[0].name, u"Before"_s);
    QCOMPARE(views[1], *first);
    QVERIFY(other->of(u"c"_s, ObjectType::Companies).isEmpty());
    QVERIFY(other->of(u"d"_s, ObjectType::Contacts).isEmpty());
    QCOMPARE(other->find(u"c"_s, ObjectType::Contacts, u"LEADS"_s)->id, first->id);

    QVERIFY(other->setOrder({first->id, second->id}));
    QVERIFY(registry->reload());
    QCOMPARE(registry->of(u"c"_s, ObjectType::Contacts)[0].id, first->id);
    QVERIFY(registry->remove(first->id));
    QCOMPARE(registry->of(u"c"_s, ObjectType::Contacts).size(), 1);
    QCOMPARE(other->change(*first).error().kind, ErrorKind::NotFound);
    QVERIFY(other->add(*first, 0)); // It comes back as what it was.
    QCOMPARE(other->of(u"c"_s, ObjectType::Contacts)[0], *first);

    RecordView all = other->all(u"c"_s, ObjectType::Contacts);
    QVERIFY(all.isAll() && all.name.isEmpty());
    all.columns = QStringList {u"phone"_s};
    QVERIFY(other->change(all));
    QVERIFY(registry->reload());
    QCOMPARE(registry->all(u"c"_s, ObjectType::Contacts).columns, all.columns);
    QCOMPARE(QFile::permissions(ViewRegistry::pathIn(paths)),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
}

void TestViewRegistry::namesAreUnique()
{
    QTemporaryDir folder;
    auto registry = ViewRegistry::load(Paths::below(folder.path()));
    QVERIFY(registry);
    RecordView view;
    view.connectionId = u"c"_s;
    QCOMPARE(registry->add(view).error().kind, ErrorKind::InvalidInput);
    view.name = QString(RecordView::longestName + 1, u'x');
    QCOMPARE(registry->add(view).error().kind, ErrorKind::InvalidInput);
    view.name = u"Leads"_s;
    QVERIFY(registry->add(view));
    view.name = u"leads"_s;
    QCOMPARE(registry->add(view).error().kind, ErrorKind::Conflict);
    view.type = ObjectType::Companies;
    QVERIFY(registry->add(view));
    for (qsizetype i = 1; i < ViewRegistry::mostViews; ++i) {
        view.name = QString::number(i);
        QVERIFY(registry->add(view));
    }
    view.name = u"One too many"_s;
    QCOMPARE(registry->add(view).error().kind, ErrorKind::Conflict);
}

void TestViewRegistry::sharesTheFile()
{
    QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto mine = ViewRegistry::load(paths);
    auto theirs = ViewRegistry::load(paths);
    QVERIFY(mine && theirs);
    RecordView view;
    view.connectionId = u"c"_s;
    view.name = u"Mine"_s;
    QVERIFY(mine->add(view));
    view.name = u"Theirs"_s;
    QVERIFY(theirs->add(view)); // From what it knew there was none.
    QVERIFY(mine->reload());
    QCOMPARE(mine->of(u"c"_s, ObjectType::Contacts).size(), 2);
}

void TestViewRegistry::neverOverwritesADamagedFile()
{
    QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    auto registry = ViewRegistry::load(paths);
    QVERIFY(registry);
    QDir().mkpath(paths.config);
    QFile file(ViewRegistry::pathIn(paths));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"version\": 1, \"views\"") > 0);
    file.close();
    QCOMPARE(ViewRegistry::load(paths).error().kind, ErrorKind::Storage);
    RecordView view;
    view.name = u"x"_s;
    QVERIFY(!registry->add(view));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("{\"version\": 1, \"views\""));
}

void TestViewRegistry::keepsWhatItDoesNotKnow()
{
    QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    QDir().mkpath(paths.config);
    QFile file(ViewRegistry::pathIn(paths));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version": 1, "colour": 7, "views": [{"id": "1", "connection": "c",
        "type": "contacts", "name": "Old", "shape": "round", "pinned": 99, "sorts": 3,
        "columns": ["a", 5, "a"], "widths": {"a": -4, "b": 100000}}]})");
    file.close();
    auto registry = ViewRegistry::load(paths);
    QVERIFY(registry);
    RecordView view = registry->of(u"c"_s, ObjectType::Contacts).value(0);
    QCOMPARE(view.columns, QStringList {u"a"_s});
    QCOMPARE(view.pinned, RecordView::mostFixed);
    QVERIFY(view.sorts.isEmpty() && !view.widths.contains(u"a"_s));
    view.name = u"New"_s;
    QVERIFY(registry->change(view));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY2(kept.contains("\"colour\": 7") && kept.contains("round") && kept.contains("New"),
             kept.constData());
}

HUBKEEPER_TEST(TestViewRegistry)
#include "tst_viewregistry.moc"
