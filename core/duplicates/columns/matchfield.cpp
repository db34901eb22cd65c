// SPDX-License-Identifier: MIT
#include "duplicates/columns/matchfield.h"

#include "base/foldedtext.h"
#include "base/similarname.h"
#include "duplicates/duplicatestext.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct FieldNames
{
    MatchField field;
    const char *name;
    const char *headers; ///< Other names of such columns, folded, without anything but letters.
};

constexpr std::array<FieldNames, matchFieldCount> fieldTable {{
    {MatchField::Ignored, "ignore", "ignored skip none"},
    {MatchField::RecordId, "id",
     "recid recordid hsobjectid objectid contactid companyid uid vid customerid personid"},
    {MatchField::FirstName, "firstname",
     "givenname forename first fname vorname prenom nombre nome givennames voornaam"},
    {MatchField::LastName, "lastname",
     "surname familyname last lname sname nachname familienname nom apellido apellidos cognome "
     "achternaam"},
    {MatchField::FullName, "name",
     "fullname contactname displayname personname completename nomcomplet nombrecompleto"},
    {MatchField::Email, "email",
     "emailaddress mail workemail hsadditionalemails mailadresse courriel correo correoelectronico "
     "emailadresse"},
    {MatchField::Phone, "phone",
     "phonenumber telephone tel mobilephone mobile cell mobilephonenumber workphone telefon "
     "telefonnummer handy telefono movil portable cellphone officephone"},
    {MatchField::Company, "company",
     "companyname organization organisation employer account accountname firma unternehmen firm "
     "business businessname firmenname entreprise societe empresa azienda legalname"},
    {MatchField::Domain, "domain",
     "website companydomain companydomainname web url homepage webseite siteweb sitioweb "
     "websiteurl webpage"},
    {MatchField::Street, "street",
     "address streetaddress address1 addressline1 strasse adresse direccion calle indirizzo rue "
     "anschrift addr"},
    {MatchField::HouseNumber, "housenumber",
     "streetnumber houseno streetno hausnummer number nr numero"},
    {MatchField::Address2, "address2", "streetaddress2 addressline2 adresszusatz"},
    {MatchField::City, "city", "suburb town locality ort stadt ville ciudad place wohnort citta"},
    {MatchField::PostalCode, "postalcode",
     "zip zipcode postcode plz postleitzahl codepostal codigopostal cap pincode"},
    {MatchField::State, "state", "stateregion region province county bundesland stateprovince"},
    {MatchField::Country, "country", "countryregion land pays pais ipcountry countrycode"},
    {MatchField::Date, "date",
     "dateofbirth dob birthdate birthday geburtsdatum datebirth datedenaissance birth"},
    {MatchField::NationalId, "nationalid",
     "socsecid ssn socialsecuritynumber taxid vat vatid vatnumber passport nin steuernummer "
     "registrationnumber duns"},
    {MatchField::JobTitle, "jobtitle", "title position role beruf funktion jobrole"},
    {MatchField::Text, "text", ""},
}};

/// A header as it is compared: letters and digits only.
QString letters(const QString &header)
{
    QString kept;
    for (const QChar letter : foldedText(header)) {
        if (letter.isLetterOrNumber())
            kept.append(letter);
    }
    return kept;
}

MatchField fieldOfHeader(const QString &header)
{
    static const QHash<QString, MatchField> known = [] {
        QHash<QString, MatchField> table;
        for (const FieldNames &names : fieldTable) {
            if (names.field == MatchField::Ignored || names.field == MatchField::Text)
                continue;
            table.insert(QLatin1StringView(names.name), names.field);
            for (const QString &one : QString::fromLatin1(names.headers).split(u' '))
                table.insert(one, names.field);
        }
        return table;
    }();
    return known.value(letters(header), MatchField::Ignored);
}

qsizetype mostColumnsOf(MatchField field)
{
    return field == MatchField::Text                               ? 4
        : field == MatchField::Phone || field == MatchField::Email ? 2
                                                                   : 1;
}

/// "name" is a company's where nothing is of a person.
void decideKind(MatchColumns &columns, std::optional<MatchKind> kind)
{
    const auto has = [&columns](MatchField field) { return columns.columnOf(field) >= 0; };
    const bool isOfPeople = has(MatchField::FirstName) || has(MatchField::LastName);
    const bool isOfCompanies = has(MatchField::Domain) || has(MatchField::Company);
    columns.kind =
        kind.value_or(!isOfPeople
                              && (isOfCompanies
                                  || (has(MatchField::FullName) && !has(MatchField::Email)
                                      && !has(MatchField::Date)))
                              && !(has(MatchField::FullName) && has(MatchField::Company))
                          ? MatchKind::Companies
                          : MatchKind::People);
    if (columns.kind == MatchKind::Companies && !has(MatchField::Company)
        && has(MatchField::FullName))
        columns.fields[columns.columnOf(MatchField::FullName)] = MatchField::Company;
}

/// The pairs of a mapping as they were given.
Result<QList<std::pair<QString, QString>>> pairsOf(const QString &mapping)
{
    QList<std::pair<QString, QString>> pairs;
    if (mapping.trimmed().startsWith(u'{')) {
        QJsonParseError fault {};
        const QJsonDocument json = QJsonDocument::fromJson(mapping.toUtf8(), &fault);
        if (!json.isObject())
            return fail(ErrorKind::InvalidInput,
                        DuplicatesText::tr("The mapping is not a JSON object: %1 at byte %2.")
                            .arg(fault.errorString())
                            .arg(fault.offset));
        const QJsonObject object = json.object();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!it->isString())
                return fail(
                    ErrorKind::InvalidInput,
                    DuplicatesText::tr("\"%1\" of the mapping is not a text.").arg(it.key()));
            pairs.append({it.key(), it->toString()});
        }
        return pairs;
    }
    for (const QString &part : mapping.split(u',', Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorKind::InvalidInput,
                        DuplicatesText::tr("\"%1\" is not a FIELD=COLUMN pair.").arg(part),
                        DuplicatesText::tr("Write, for example, lastname=surname."));
        pairs.append({part.left(equals).trimmed(), part.mid(equals + 1).trimmed()});
    }
    return pairs;
}

qsizetype columnNamed(const QStringList &headers, const QString &name)
{
    const qsizetype exact = headers.indexOf(name);
    if (exact >= 0)
        return exact;
    for (qsizetype i = 0; i < headers.size(); ++i) {
        if (!letters(name).isEmpty() && letters(headers[i].trimmed()) == letters(name))
            return i;
    }
    return -1;
}

Error unknownName(const QString &first, const QString &second, const QStringList &headers)
{
    const bool isField = matchFieldFrom(first).has_value();
    const QString wrong = isField ? second : first;
    const auto meant = mostSimilarName(wrong, isField ? headers : matchFieldNames());
    Error error;
    error.kind = ErrorKind::InvalidInput;
    error.what = isField
        ? DuplicatesText::tr("The file has no column \"%1\".").arg(wrong)
        : DuplicatesText::tr("\"%1=%2\" names no field and column.").arg(first, second);
    error.remedy = meant ? DuplicatesText::tr("Did you mean \"%1\"?").arg(*meant)
        : isField        ? DuplicatesText::tr("Its columns are: %1.").arg(headers.join(u", "_s))
                  : DuplicatesText::tr("Fields are: %1.").arg(matchFieldNames().join(u", "_s));
    return error;
}

} // namespace

QString nameOf(MatchField field)
{
    for (const FieldNames &names : fieldTable) {
        if (names.field == field)
            return QLatin1StringView(names.name);
    }
    return {};
}

std::optional<MatchField> matchFieldFrom(const QString &name)
{
    const QString wanted = letters(name);
    for (const FieldNames &names : fieldTable) {
        if (wanted == QLatin1StringView(names.name))
            return names.field;
    }
    const MatchField other = fieldOfHeader(name);
    return other == MatchField::Ignored ? std::nullopt : std::optional(other);
}

QStringList matchFieldNames()
{
    QStringList names;
    for (const FieldNames &field : fieldTable)
        names.append(QLatin1StringView(field.name));
    return names;
}

MatchColumns guessedColumns(const QStringList &headers, std::optional<MatchKind> kind)
{
    MatchColumns columns {headers, QList<MatchField>(headers.size(), MatchField::Ignored)};
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const MatchField field = fieldOfHeader(headers[i]);
        if (columns.fields.count(field) < mostColumnsOf(field))
            columns.fields[i] = field;
    }
    decideKind(columns, kind);
    return columns;
}

Result<MatchColumns> mappedColumns(const QStringList &headers, const QString &mapping,
                                   std::optional<MatchKind> kind)
{
    const auto pairs = pairsOf(mapping);
    if (!pairs)
        return tl::unexpected(pairs.error());
    MatchColumns columns {headers, QList<MatchField>(headers.size(), MatchField::Ignored)};
    QList<qsizetype> given;
    for (const auto &[first, second] : *pairs) {
        auto field = matchFieldFrom(first);
        qsizetype column = columnNamed(headers, second);
        if (!field || column < 0) { // The other way round, then.
            field = matchFieldFrom(second);
            column = columnNamed(headers, first);
        }
        const bool isOwn = !matchFieldFrom(first) && !mostSimilarName(first, matchFieldNames());
        if ((!field || column < 0) && isOwn) { // A property of theirs.
            column = columnNamed(headers, second);
            field = MatchField::Text;
        }
        if (!field || column < 0)
            return tl::unexpected(unknownName(first, second, headers));
        if (given.contains(column))
            return fail(ErrorKind::InvalidInput,
                        DuplicatesText::tr("The mapping names the column \"%1\" twice.")
                            .arg(headers[column]));
        if (*field != MatchField::Ignored && columns.fields.count(*field) >= mostColumnsOf(*field))
            return fail(ErrorKind::InvalidInput,
                        DuplicatesText::tr("The mapping gives too many columns to \"%1\".")
                            .arg(nameOf(*field)));
        given.append(column);
        columns.fields[column] = *field;
    }
    for (qsizetype i = 0; i < headers.size(); ++i) {
        if (!given.contains(i) && columns.columnOf(MatchField::RecordId) < 0
            && fieldOfHeader(headers[i]) == MatchField::RecordId)
            columns.fields[i] = MatchField::RecordId;
    }
    decideKind(columns, kind);
    return columns;
}

Result<void> checkComparable(const MatchColumns &columns)
{
    const bool isComparable =
        std::any_of(columns.fields.begin(), columns.fields.end(), [](MatchField field) {
            return field != MatchField::Ignored && field != MatchField::RecordId
                && field != MatchField::Country && field != MatchField::State;
        });
    if (isComparable)
        return {};
    return fail(ErrorKind::InvalidInput, DuplicatesText::tr("No column can be compared."),
                DuplicatesText::tr("Say what the columns are, as in "
                                   "firstname=given_name,lastname=surname,email=mail."));
}

} // namespace hubkeeper
