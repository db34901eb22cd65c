// SPDX-License-Identifier: MIT
#include "tables/workbook/otherformats.h"

#include "tables/rows/tablestext.h"

#include <QIODevice>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 searchedBytes = 64LL << 20; // Directories are mostly near the beginning.
constexpr qsizetype entryBytes = 128;
constexpr qsizetype headerBytes = 512;

const QByteArray compoundMark = QByteArray::fromHex("D0CF11E0A1B11AE1");

struct Magic
{
    QByteArray bytes;
    const char *name; ///< Of what it is.
};

const QList<Magic> &magics()
{
    static const QList<Magic> list {
        {"%PDF-", "PDF"},
        {QByteArray::fromHex("1F8B"), "gzip"},
        {"BZh", "bzip2"},
        {QByteArray::fromHex("FD377A585A00"), "xz"},
        {QByteArray::fromHex("377ABCAF271C"), "7-Zip"},
        {QByteArray::fromHex("28B52FFD"), "Zstandard"},
        {"Rar!", "RAR"},
        {"SQLite format 3", "SQLite"},
        {"PAR1", "Parquet"},
        {QByteArray::fromHex("89504E470D0A1A0A"), "PNG"},
        {QByteArray::fromHex("FFD8FF"), "JPEG"},
        {QByteArray::fromHex("7F454C46"), "program"},
    };
    return list;
}

/// Whether a compound file has a stream with one of these names. Its directory consists of entries
/// of 128 bytes: a name in UTF-16, its length with the zero at the end, the kind (2: stream).
bool hasStream(const QByteArray &file, const QStringList &names)
{
    for (qsizetype at = headerBytes; at + entryBytes <= file.size(); at += entryBytes) {
        const char *entry = file.constData() + at;
        const auto length = qFromLittleEndian<quint16>(entry + 64);
        if (entry[66] != 2 || length < 4 || length > 64 || length % 2 != 0)
            continue;
        QString name;
        for (int i = 0; i + 2 < length; i += 2)
            name.append(QChar(qFromLittleEndian<quint16>(entry + i)));
        if (names.contains(name, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// Sheets of Excel 2 to 5 that are not in a compound file begin with a record that says so.
bool isOldSheet(const QByteArray &head)
{
    return head.startsWith(QByteArray::fromHex("09000400"))
        || head.startsWith(QByteArray::fromHex("09020600"))
        || head.startsWith(QByteArray::fromHex("09040600"))
        || head.startsWith(QByteArray::fromHex("09080800"))
        || head.startsWith(QByteArray::fromHex("09081000"));
}

QByteArray textBeginning(QIODevice &file)
{
    QByteArray head = file.peek(4096);
    if (head.startsWith("\xEF\xBB\xBF"))
        head.remove(0, 3);
    return head.trimmed().left(600).toLower();
}

bool isPage(const QByteArray &head)
{
    return head.startsWith("<!doctype html") || head.startsWith("<html")
        || head.startsWith("<table") || (head.startsWith("<?xml") && head.contains("<html"));
}

bool isXmlSpreadsheet(const QByteArray &head)
{
    return head.startsWith("<?xml") && head.contains("<workbook");
}

/// Many control characters, of many kinds, as no encoding of texts has them.
bool isBinary(QIODevice &file)
{
    const QByteArray head = file.peek(4096);
    QByteArray kinds;
    qsizetype count = 0;
    for (const char letter : head) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool isLayout = byte == 0 || (byte >= 9 && byte <= 13) || byte >= 0x1A;
        if (byte >= 0x20 || isLayout)
            continue;
        ++count;
        if (!kinds.contains(letter))
            kinds.append(letter);
    }
    return kinds.size() >= 8 && count * 16 > head.size();
}

} // namespace

FileKind fileKind(QIODevice &file)
{
    const QByteArray head = file.peek(16);
    if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06"))
        return FileKind::Zip;
    if (head.startsWith(compoundMark) || isOldSheet(head))
        return FileKind::Other;
    for (const Magic &magic : magics()) {
        if (head.startsWith(magic.bytes))
            return FileKind::Other;
    }
    const QByteArray text = textBeginning(file);
    const bool isOther = isPage(text) || isXmlSpreadsheet(text) || isBinary(file);
    return isOther ? FileKind::Other : FileKind::Text;
}

Error otherKindError(QIODevice &file)
{
    const auto refusal = [](const QString &what, const QString &remedy) {
        return fail(ErrorKind::InvalidInput, what, remedy).value();
    };
    const QString saveAs = TablesText::tr("Open it in a spreadsheet and save it as .xlsx or CSV.");
    const auto oldWorkbook = [&] {
        return refusal(TablesText::tr("This is a workbook of the old format (.xls), which is "
                                      "not read."),
                       saveAs);
    };
    const QByteArray head = file.peek(16);
    if (isOldSheet(head))
        return oldWorkbook();
    if (head.startsWith(compoundMark)) {
        const QByteArray content = file.read(searchedBytes);
        if (hasStream(content, {u"EncryptionInfo"_s, u"EncryptedPackage"_s}))
            return refusal(TablesText::tr("The workbook is encrypted: it needs a password."),
                           TablesText::tr("Open it in a spreadsheet and save it without one."));
        if (hasStream(content, {u"Workbook"_s, u"Book"_s}))
            return oldWorkbook();
        return refusal(TablesText::tr("This is an old Office file (OLE), not a table."), saveAs);
    }
    const QByteArray text = textBeginning(file);
    if (isPage(text))
        return refusal(TablesText::tr("This is a web page (HTML), whatever its name says."),
                       saveAs);
    if (isXmlSpreadsheet(text))
        return refusal(TablesText::tr("This is an XML spreadsheet of 2003, which is not read."),
                       saveAs);
    for (const Magic &magic : magics()) {
        if (head.startsWith(magic.bytes))
            return refusal(TablesText::tr("This is a file of another kind (%1), not a table.")
                               .arg(QLatin1StringView(magic.name)),
                           TablesText::tr("Unpack or convert it first."));
    }
    return refusal(TablesText::tr("This is a binary file, not a table."),
                   TablesText::tr("Save the table as .xlsx or CSV."));
}

} // namespace hubkeeper
