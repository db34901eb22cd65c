// SPDX-License-Identifier: MIT
#include "changes/changesmodel.h"
#include "changes/groupsmodel.h"
#include "changes/review/changereview.h"
#include "records/values/portalnames.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/masking.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

Record record(int id)
{
    Record one;
    one.id = QString::number(id);
    return one;
}

VerbGroup group(const std::vector<PropertyGroup> &properties)
{
    return {{}, {10, 8, 2}, properties};
}

PatternGroup pattern(const QString &after, const GroupCounts &counts)
{
    return {{PatternShape::Exact, u"a"_s, after, {}}, counts};
}

} // namespace

/// The models of the review: what is shown of the change set, and the groups.
class TestReviewModels final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsSomeRowsAndFollowsThem();
    void theTickLeavesARecordOut();
    void groupsAsATree();
    void groupsThatOnlyCountOtherwiseStay();
    void aLineIsFoundAgain();

private:
    [[nodiscard]] std::vector<qint64> sequences(std::initializer_list<int> ids) const;
    void edit(int id, const QString &property = u"city"_s, const QString &text = u"x"_s);

    Masking m_masking;
    const PortalNames m_names {m_masking, nullptr};
    std::unique_ptr<ChangeSet> m_changes;
    std::unique_ptr<ChangesModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestReviewModels::init()
{
    m_tester.reset();
    m_model.reset();
    m_changes = std::make_unique<ChangeSet>();
    m_model = std::make_unique<ChangesModel>(*m_changes, m_names, nullptr);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int id = 1; id <= 8; ++id)
        edit(id);
}

std::vector<qint64> TestReviewModels::sequences(std::initializer_list<int> ids) const
{
    std::vector<qint64> found;
    for (const int id : ids)
        found.push_back(m_changes->index().find({ObjectType::Contacts, QString::number(id)}));
    return found;
}

void TestReviewModels::edit(int id, const QString &property, const QString &text)
{
    m_changes->setText(ObjectType::Contacts, record(id), {}, property, text);
}

void TestReviewModels::showsSomeRowsAndFollowsThem()
{
    QTreeView view;
    view.setModel(m_model.get());
    view.expandAll();
    m_model->setShown(sequences({2, 4, 5, 7}));
    QCOMPARE(m_model->rowCount({}), 4);
    const QPersistentModelIndex five = m_model->index(2, 0, {});
    QCOMPARE(five.data(ChangesModel::IdRole), u"5"_s);
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    edit(5, u"phone"_s);
    QCOMPARE(m_model->rowCount(five), 2);
    m_changes->revertRow(ObjectType::Contacts, u"1"_s); // Not shown.
    m_changes->revertRow(ObjectType::Contacts, u"4"_s);
    QCOMPARE(m_model->rowCount({}), 3);
    QCOMPARE(five.row(), 1);
    edit(9); // The next answer has it.
    QCOMPARE(m_model->rowCount({}), 3);
    m_model->setShown(sequences({2, 5, 8, 9}));
    QCOMPARE(m_model->rowCount({}), 4);
    QCOMPARE(five.row(), 1);
    QCOMPARE(five.data(ChangesModel::IdRole), u"5"_s);
    QCOMPARE(resets.count(), 0);
    m_changes->revertAll();
    QCOMPARE(m_model->rowCount({}), 0);
    m_changes->undo();
    m_model->setShown(std::nullopt);
    QCOMPARE(m_model->rowCount({}), m_changes->count());
}

void TestReviewModels::theTickLeavesARecordOut()
{
    const QModelIndex third = m_model->index(2, ChangesModel::WhatColumn, {});
    QCOMPARE(third.data(Qt::CheckStateRole), int(Qt::Checked));
    QVERIFY(third.flags().testFlag(Qt::ItemIsUserCheckable));
    QVERIFY(m_model->setData(third, Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(m_changes->excluded(), 1);
    QCOMPARE(m_model->index(2, ChangesModel::StateColumn, {}).data().toString(), u"Left out"_s);
    m_changes->setState(ObjectType::Contacts, u"1"_s, RowState::Applied);
    const QModelIndex first = m_model->index(0, ChangesModel::WhatColumn, {});
    QVERIFY(!first.data(Qt::CheckStateRole).isValid()); // It cannot be left out any more.
    QVERIFY(!m_model->setData(first, Qt::Unchecked, Qt::CheckStateRole));
}

void TestReviewModels::groupsAsATree()
{
    GroupsModel model(m_names, nullptr);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.rowCount({}), 0);
    model.setGroups(
        {group({{u"city"_s, {6, 6, 0}, {pattern(u"b"_s, {4, 4, 0})}}, {u"phone"_s, {4, 0, 4}, {}}}),
         {{{}, {}, ChangeKind::Archive}, {3, 3, 0}, {}}});
    QCOMPARE(model.rowCount({}), 3); // All changes, and two verbs.
    QCOMPARE(model.index(0, GroupsModel::CountColumn, {}).data().toString(), u"11 of 13"_s);
    const QModelIndex verb = model.index(1, 0, {});
    QCOMPARE(verb.data(Qt::CheckStateRole), int(Qt::PartiallyChecked));
    const QModelIndex city = model.index(0, 0, verb);
    QCOMPARE(city.data().toString(), u"city"_s);
    QCOMPARE(model.index(1, 0, verb).data(Qt::CheckStateRole), int(Qt::Unchecked));
    QCOMPARE(model.index(0, 0, city).data().toString(), u"a → b"_s);
    QCOMPARE(model.keyAt(model.index(0, 0, city))->pattern->after, u"b"_s);
    QVERIFY(!model.keyAt(model.index(0, 0, {})));
    QSignalSpy ticked(&model, &GroupsModel::ticked);
    QVERIFY(model.setData(city, Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(ticked.count(), 1);
    QCOMPARE(ticked[0][1].toBool(), false);
}

void TestReviewModels::groupsThatOnlyCountOtherwiseStay()
{
    GroupsModel model(m_names, nullptr);
    model.setGroups({group({{u"city"_s, {6, 6, 0}, {}}})});
    const QPersistentModelIndex city = model.index(0, 0, model.index(1, 0, {}));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setGroups({group({{u"city"_s, {6, 5, 1}, {}}})});
    QCOMPARE(resets.count(), 0);
    QCOMPARE(city.data(Qt::CheckStateRole), int(Qt::PartiallyChecked));
    model.setGroups({group({{u"phone"_s, {6, 5, 1}, {}}})});
    QCOMPARE(resets.count(), 1);
}

void TestReviewModels::aLineIsFoundAgain()
{
    GroupsModel model(m_names, nullptr);
    const std::vector<VerbGroup> groups {
        group({{u"city"_s, {6, 6, 0}, {}},
               {u"phone"_s, {6, 6, 0}, {pattern(u"b"_s, {}), pattern(u"c"_s, {})}}})};
    model.setGroups(groups);
    const QModelIndex line = model.index(1, 0, model.index(1, 0, model.index(1, 0, {})));
    const auto key = model.keyAt(line);
    QCOMPARE(model.indexOf(key), line);
    QCOMPARE(model.indexOf(std::nullopt), model.index(0, 0, {}));
    model.setGroups({group({{u"city"_s, {6, 6, 0}, {}}})});
    QVERIFY(!model.indexOf(key).isValid());
}

HUBKEEPER_WINDOW_TEST(TestReviewModels)
#include "tst_reviewmodels.moc"
