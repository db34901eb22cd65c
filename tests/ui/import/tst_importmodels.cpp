// SPDX-License-Identifier: MIT
#include "base/settings.h"
#include "testkit/outcomeof.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/masking.h"
#include "workbench/import/checkedrowsmodel.h"
#include "workbench/import/faultsmodel.h"
#include "workbench/import/importchoices.h"
#include "workbench/import/importcommand.h"
#include "workbench/import/importsource.h"
#include "workbench/import/mappingmodel.h"
#include "workbench/import/tablepreviewmodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

/// Rows that were checked, in memory: every third is refused for its second column.
class SomeRows final : public ImportedRows
{
public:
    explicit SomeRows(int count)
    {
        for (int i = 0; i < count; ++i) {
            ImportedRow row;
            row.number = i + 2;
            row.cells = {u"p%1@example.com"_s.arg(i), u"x%1"_s.arg(i)};
            row.status = i % 3 == 0 ? ImportedRow::Status::Refused : ImportedRow::Status::Creates;
            if (i % 3 == 0) {
                row.refusal = i % 6 == 0 ? ImportRefusal::Value : ImportRefusal::NoKey;
                row.column = i % 6 == 0 ? 1 : -1;
                row.message = (i % 6 == 0 ? u"Column Size: "_s : QString())
                    + u"\"x%1\" is not a number."_s.arg(i);
            }
            m_rows.push_back(row);
        }
    }
    qint64 count() const override { return qint64(m_rows.size()); }
    Result<std::vector<ImportedRow>> read(qint64 first, int most) const override
    {
        const qint64 end = std::min(count(), first + most);
        return std::vector<ImportedRow>(m_rows.begin() + first, m_rows.begin() + end);
    }
    Result<std::vector<qint64>> placesOf(ImportedRow::Status status) const override
    {
        std::vector<qint64> places;
        for (qint64 i = 0; i < count(); ++i) {
            if (m_rows[size_t(i)].status == status)
                places.push_back(i);
        }
        return places;
    }
    Result<std::vector<qint64>> placesWithMessage() const override
    {
        return placesOf(ImportedRow::Status::Refused);
    }
    Result<std::vector<RefusalCount>> refusals() const override
    {
        return std::vector<RefusalCount> {};
    }

private:
    std::vector<ImportedRow> m_rows;
};

PropertyDefinition property(const QString &name, const QString &label,
                            const QString &type = u"string"_s)
{
    PropertyDefinition one;
    one.name = name;
    one.label = label;
    one.type = type;
    return one;
}

QList<PropertyDefinition> someProperties()
{
    PropertyDefinition created = property(u"createdate"_s, u"Create Date"_s, u"datetime"_s);
    created.readOnlyValue = true;
    PropertyDefinition number = property(u"customer_number"_s, u"Customer Number"_s);
    number.hasUniqueValue = true;
    return {property(u"email"_s, u"Email"_s),
            property(u"firstname"_s, u"First Name"_s),
            property(u"city"_s, u"City"_s),
            property(u"birthday"_s, u"Birthday"_s, u"date"_s),
            created,
            number};
}

} // namespace

/// The models of the import, its command and what it remembers, without a portal.
class TestImportModels final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void previewShowsEveryRow();
    void previewGrows();
    void previewMarksFaults();
    void faultsByKind();
    void proposesProperties();
    void saysWhatCannotBeImported();
    void takesAMapping();
    void checkedRowsByFilter();
    void commands_data();
    void commands();
    void remembersChoices();
    void clipboard_data();
    void clipboard();

private:
    [[nodiscard]] QString file(const QByteArray &content)
    {
        QFile file(m_folder.filePath(u"table.csv"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the table");
        return file.fileName();
    }
    [[nodiscard]] std::shared_ptr<TablePreview> read(const QByteArray &content)
    {
        const auto preview = std::make_shared<TablePreview>(m_folder.path());
        const auto outcome = outcomeOf(readPreview(preview, file(content), {}, this), 20'000);
        if (!outcome || !*outcome)
            qWarning("the table could not be read");
        return preview;
    }

    QTemporaryDir m_folder;
    Masking m_masking;
};

void TestImportModels::previewShowsEveryRow()
{
    QByteArray csv = "email,remark\n";
    for (int i = 0; i < 5'000; ++i)
        csv += "p" + QByteArray::number(i) + "@example.com,\"two\nlines\"\n";
    TablePreviewModel model(m_masking, nullptr);
    const QAbstractItemModelTester tester(&model);
    model.setPreview(read(csv));
    QCOMPARE(model.rowCount(), 5'000);
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole), u"remark"_s);
    QCOMPARE(model.headerData(4'999, Qt::Vertical, Qt::DisplayRole), QLocale().toString(5'001));
    const QModelIndex last = model.index(4'999, 0);
    QTRY_COMPARE(last.data().toString(), u"p4999@example.com"_s);
    QCOMPARE(model.index(4'999, 1).data().toString(), u"two↵lines"_s);
    QVERIFY(model.index(4'999, 1).data(Qt::ToolTipRole).toString().contains(u"two\nlines"_s));
    m_masking.setOn(true);
    QVERIFY(!last.data().toString().contains(u"p4999"_s));
    m_masking.setOn(false);
    QCOMPARE(last.data().toString(), u"p4999@example.com"_s);
}

/// What is read while it is shown.
void TestImportModels::previewGrows()
{
    QByteArray csv = "email\n";
    for (int i = 0; i < 60'000; ++i)
        csv += "person-number-" + QByteArray::number(i) + "@example.com\n";
    TablePreviewModel model(m_masking, nullptr);
    const QAbstractItemModelTester tester(&model);
    const QSignalSpy grown(&model, &QAbstractItemModel::rowsInserted);
    const auto preview = std::make_shared<TablePreview>(m_folder.path());
    model.setPreview(preview);
    QCOMPARE(model.rowCount(), 0);
    auto *call = readPreview(preview, file(csv), {}, this);
    connect(call, &CallBase::progressed, this, [&model] {
        model.grow();
        if (model.rowCount() > 0)
            (void)model.index(model.rowCount() - 1, 0).data(); // The last block, half full.
    });
    const auto outcome = outcomeOf(call, 20'000);
    QVERIFY(outcome && *outcome);
    QCOMPARE(model.rowCount(), 60'000);
    QVERIFY(!grown.isEmpty());
    for (const int row : {0, 99, 100, 31'111, 59'999})
        QTRY_COMPARE(model.index(row, 0).data().toString(),
                     u"person-number-%1@example.com"_s.arg(row));
}

void TestImportModels::previewMarksFaults()
{
    TablePreviewModel model(m_masking, nullptr);
    model.setPreview(read("email,city\na@example.com,Bern\nb@example.com\nc@example.com,Thun,x\n"));
    QCOMPARE(model.columnCount(), 3);
    QTRY_COMPARE(model.index(1, 0).data().toString(), u"b@example.com"_s);
    QVERIFY(!model.index(0, 0).data(Qt::BackgroundRole).isValid());
    QVERIFY(model.index(1, 1).data(Qt::BackgroundRole).isValid()); // Where it ends.
    QVERIFY(!model.index(1, 1).data(Qt::AccessibleDescriptionRole).toString().isEmpty());
    QVERIFY(model.index(2, 2).data(Qt::BackgroundRole).isValid());
    QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole), u"3"_s); // It has no name.
}

void TestImportModels::faultsByKind()
{
    const auto preview = read(
        "email,city\na@example.com\nb@example.com,Bern,x\nc@example.com\nd@example.com,Thun\n");
    FaultsModel model(m_masking, nullptr);
    const QAbstractItemModelTester tester(&model);
    model.setFaults(preview->faults().first(1), preview->header());
    QCOMPARE(model.rowCount(), 1);
    model.setFaults(preview->faults(), preview->header());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(1, FaultsModel::RowColumn).data(), u"3"_s);
    model.setKind(TableFaultKind::ShortRow);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.fault(1).row, 4);
    model.setKind(std::nullopt);
    QCOMPARE(model.rowCount(), 3);
    model.setFaults({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestImportModels::proposesProperties()
{
    PropertyNames names(m_masking);
    names.setDefinitions(someProperties());
    MappingModel model(ObjectType::Contacts, names, nullptr);
    const QAbstractItemModelTester tester(&model);
    model.setColumns({u"Record ID"_s, u"EMAIL"_s, u"First name"_s, u"Create Date"_s, u"City"_s,
                      u"Shoe size"_s, u"Note"_s, u"note"_s},
                     {{u"city"_s, QString()}, {u"Shoe size"_s, u"customer_number"_s}});
    QCOMPARE(model.mapping().properties,
             (QStringList {u"id"_s, u"email"_s, u"firstname"_s, QString(), QString(),
                           u"customer_number"_s, QString(), QString()}));
    const auto why = [&model](int row) {
        return model.index(row, MappingModel::RemarkColumn).data().toString();
    };
    QCOMPARE(why(1), u"Same name"_s);
    QCOMPARE(why(2), u"Same label"_s);
    QCOMPARE(why(3), u"HubSpot sets it by itself."_s);
    QCOMPARE(why(4), QString());
    QCOMPARE(why(5), u"As last time"_s);
    QVERIFY2(why(6).contains(u"this name"_s), qPrintable(why(6)));
    QVERIFY(
        !model.flags(model.index(6, MappingModel::PropertyColumn)).testFlag(Qt::ItemIsEditable));
    QCOMPARE(model.keys(), (QStringList {u"id"_s, u"email"_s, u"customer_number"_s}));
    QCOMPARE(model.importedCount(), 4);
    QVERIFY(!model.hasDates());
    QVERIFY(model.fault().isEmpty());
    model.setSamples({{u"1"_s, u"2"_s}, {u"a@example.com"_s}});
    QCOMPARE(model.index(0, MappingModel::SamplesColumn).data(), u"1 · 2"_s);
    m_masking.setOn(true);
    QVERIFY(
        !model.index(1, MappingModel::SamplesColumn).data().toString().contains(u"a@example"_s));
    m_masking.setOn(false);
}

void TestImportModels::saysWhatCannotBeImported()
{
    PropertyNames names(m_masking);
    names.setDefinitions(someProperties());
    MappingModel model(ObjectType::Contacts, names, nullptr);
    const QSignalSpy chosen(&model, &MappingModel::chosenChanged);
    model.setColumns({u"Mail"_s, u"Town"_s}, {});
    QVERIFY(model.fault().contains(u"e-mail address"_s));
    const QModelIndex mail = model.index(0, MappingModel::PropertyColumn);
    const QModelIndex town = model.index(1, MappingModel::PropertyColumn);
    QVERIFY(model.setData(mail, u"email"_s, Qt::EditRole));
    QVERIFY(model.fault().isEmpty());
    QVERIFY(model.setData(town, u"email"_s, Qt::EditRole));
    QVERIFY2(model.fault().contains(u"“Mail” and “Town”"_s), qPrintable(model.fault()));
    QVERIFY(!model.setData(town, u"no_such_property"_s, Qt::EditRole));
    QVERIFY(model.setData(town, u"birthday"_s, Qt::EditRole));
    QVERIFY(model.fault().isEmpty());
    QVERIFY(model.hasDates());
    QCOMPARE(model.chosen(), (ChosenColumns {{u"Mail"_s, u"email"_s}, {u"Town"_s, u"birthday"_s}}));
    QVERIFY(chosen.size() >= 3);
}

void TestImportModels::takesAMapping()
{
    PropertyNames names(m_masking);
    names.setDefinitions(someProperties());
    MappingModel model(ObjectType::Contacts, names, nullptr);
    model.setColumns({u"Mail"_s, u"City"_s}, {});
    const QStringList left = model.take(
        {{u"mail "_s, u"email"_s}, {u"City"_s, QString()}, {u"Other"_s, u"firstname"_s}});
    QCOMPARE(left, QStringList {u"Other"_s});
    QCOMPARE(model.mapping().properties, (QStringList {u"email"_s, QString()}));
}

void TestImportModels::checkedRowsByFilter()
{
    PropertyNames names(m_masking);
    names.setDefinitions(someProperties());
    auto import = std::make_shared<CheckedImport>();
    import->table.mapping = {{u"email"_s, u"Size"_s}, { u"email"_s, u"city"_s }};
    import->table.rows = std::make_shared<SomeRows>(1'200);
    CheckedRowsModel model(names, nullptr);
    const QAbstractItemModelTester tester(&model);
    model.setImport(import, u"email"_s);
    QTRY_COMPARE(model.rowCount(), 1'200);
    model.setFilter({ImportedRow::Status::Refused, {}});
    QTRY_COMPARE(model.rowCount(), 400);
    model.setFilter({ImportedRow::Status::Refused, RefusalCount {ImportRefusal::Value, 1, 0}});
    QTRY_COMPARE(model.rowCount(), 200);
    const QModelIndex last = model.index(199, CheckedRowsModel::NumberColumn);
    QTRY_COMPARE(last.data().toString(), QLocale().toString(199 * 6 + 2));
    QCOMPARE(last.siblingAtColumn(CheckedRowsModel::CellColumn).data(), u"Size"_s);
    QCOMPARE(last.siblingAtColumn(CheckedRowsModel::ValueColumn).data(), u"x1194"_s);
    const QModelIndex why = last.siblingAtColumn(CheckedRowsModel::MessageColumn);
    QCOMPARE(why.data(), u"\"x1194\" is not a number."_s);
    model.setFilter({ImportedRow::Status::Creates, {}}); // What they are found by.
    QTRY_COMPARE(model.rowCount(), 800);
    QTRY_COMPARE(model.index(0, CheckedRowsModel::ValueColumn).data(), u"p1@example.com"_s);
    QCOMPARE(model.index(0, CheckedRowsModel::CellColumn).data(), u"email"_s);
    model.setFilter({ImportedRow::Status::Refused, RefusalCount {ImportRefusal::Value, 1, 0}});
    QTRY_COMPARE(model.rowCount(), 200);
    const QModelIndex first = model.index(0, CheckedRowsModel::MessageColumn);
    QTRY_COMPARE(first.data(), u"\"x0\" is not a number."_s);
    m_masking.setOn(true);
    QVERIFY(!first.data().toString().contains(u"x0"_s));
    m_masking.setOn(false);
    model.setImport(nullptr, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestImportModels::commands_data()
{
    QTest::addColumn<ImportRequest>("request");
    QTest::addColumn<QString>("line");
    ImportRequest request;
    request.path = u"/tmp/my table.csv"_s;
    request.match = u"email"_s;
    request.columns = {{u"Mail"_s, u"email"_s}, {u"City"_s, u"city"_s}};
    const QString begin = u"hubkeeper-cli import '/tmp/my table.csv' --connection /p.json "
                          "--object contact --match email"_s;
    QTest::newRow("plain") << request << begin + u" --column Mail=email"_s;
    request.mode = ImportMode::Update;
    request.emptyClears = true;
    request.dates = DateOrder::DayMonthYear;
    request.isGuarded = true;
    request.table = {u"windows-1252"_s, u";"_s, u""_s, {}, 3, {}};
    request.columns[u"City"_s] = QString();
    QTest::newRow("all") << request
                         << begin
            + u" --mode update --empty clear --dates dmy --guard --encoding windows-1252 "
              "--separator semicolon --quote none --header 3 --column Mail=email --column City="_s;
    request = {};
    request.path = u"/t.xlsx"_s;
    request.type = ObjectType::Companies;
    request.match = u"id"_s;
    request.mode = ImportMode::Create;
    request.dates = DateOrder::MonthDayYear;
    request.table.sheet = u"Sheet 2"_s;
    request.table.hasHeader = false;
    request.columns = {{u"Mail"_s, QString()}, {u"City"_s, u"city"_s}};
    QTest::newRow("workbook") << request
                              << u"hubkeeper-cli import /t.xlsx --connection /p.json --object "
                                 "company --match id --mode create --dates mdy --header no "
                                 "--sheet 'Sheet 2'"_s;
}

void TestImportModels::commands()
{
    QFETCH(ImportRequest, request);
    const ColumnMapping proposed {{u"Mail"_s, u"City"_s}, {QString(), u"city"_s}};
    QTEST(importCommand(u"/p.json"_s, request, proposed), "line");
}

void TestImportModels::remembersChoices()
{
    const Paths paths = Paths::below(m_folder.filePath(u"settings"_s));
    const QStringList header {u"Mail"_s, u"City"_s};
    ImportChoices choices;
    choices.columns = {{u"Mail"_s, u"email"_s}, {u"City"_s, QString()}};
    choices.match = u"email"_s;
    choices.mode = ImportMode::Update;
    choices.emptyClears = true;
    choices.dates = DateOrder::MonthDayYear;
    choices.isGuarded = true;
    {
        Settings settings(paths);
        QVERIFY(!rememberedChoices(settings, ObjectType::Contacts, header));
        rememberChoices(settings, ObjectType::Contacts, header, choices);
        for (int i = 0; i < 30; ++i)
            rememberChoices(settings, ObjectType::Contacts, {QString::number(i)}, {});
    }
    const Settings settings(paths);
    const auto kept = rememberedChoices(settings, ObjectType::Contacts, {u"mail "_s, u"CITY"_s});
    QVERIFY(kept);
    QVERIFY(*kept == choices);
    QVERIFY(!rememberedChoices(settings, ObjectType::Companies, header));
    QVERIFY(!rememberedChoices(settings, ObjectType::Contacts, {u"City"_s, u"Mail"_s}));
}

void TestImportModels::clipboard_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("header");
    QTest::addColumn<QStringList>("cells");
    QTest::newRow("spreadsheet") << u"email\tremark\na@example.com\t12\" pipe; \"x\", y\n"_s
                                 << QStringList {u"email"_s, u"remark"_s}
                                 << QStringList {u"a@example.com"_s, u"12\" pipe; \"x\", y"_s};
    QTest::newRow("line break in a cell")
        << u"email\tremark\r\na@example.com\t\"one\ntwo\"\r\n"_s
        << QStringList {u"email"_s, u"remark"_s} << QStringList {u"a@example.com"_s, u"one\ntwo"_s};
    QTest::newRow("text of a file")
        << u"email;stadt\na@example.com;\"Zürich; CH\"\n"_s << QStringList {u"email"_s, u"stadt"_s}
        << QStringList {u"a@example.com"_s, u"Zürich; CH"_s};
}

void TestImportModels::clipboard()
{
    QFETCH(QString, text);
    const auto source = sourceFromClipboard(text, m_folder.path());
    QVERIFY(source);
    QVERIFY(source->isClipboard());
    QCOMPARE(source->name(), u"Clipboard"_s);
    const auto preview = std::make_shared<TablePreview>(m_folder.path());
    const auto read = outcomeOf(readPreview(preview, source->path, source->options, this), 20'000);
    QVERIFY(read && *read);
    QTEST(preview->header(), "header");
    const auto rows = preview->rows(0, 10);
    QVERIFY(rows);
    QCOMPARE(rows->size(), size_t(1));
    QTEST(rows->front().cells, "cells");
    QVERIFY(!sourceFromClipboard(u" \n"_s, m_folder.path()));
}

HUBKEEPER_WINDOW_TEST(TestImportModels)
#include "tst_importmodels.moc"
