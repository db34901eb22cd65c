// SPDX-License-Identifier: MIT
#include "repair/values/namewords.h"

#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using NameWords = QSet<QString>;

NameWords wordsOf(const char16_t *text)
{
    const QStringList words = QString::fromUtf16(text).split(u' ', Qt::SkipEmptyParts);
    return {words.begin(), words.end()};
}

} // namespace

bool isSmallParticle(const QString &word)
{
    static const NameWords words =
        wordsOf(u"van von vom der den dem des de du da das dos do del zu zum zur ter ten te op 't "
                u"het und of af av bin ibn bint");
    return words.contains(word);
}

bool isUnsureParticle(const QString &word)
{
    static const NameWords words =
        wordsOf(u"di della dello dei degli delle dal dalla dalle dai el");
    return words.contains(word);
}

bool isParticle(const QString &word)
{
    return isSmallParticle(word) || isUnsureParticle(word) || word == "la"_L1 || word == "las"_L1
        || word == "los"_L1;
}

bool hasLargeParticle(const QString &particle, const QString &word)
{
    static const NameWords de = wordsOf(
        u"niro luca rossi santis angelis palma vito sica filippo laurentiis gasperi bellis marco "
        u"carlo simone gregori benedetti mille mornay generes");
    static const NameWords van = wordsOf(
        u"dyke halen buren ness sant zandt allen patten damme heusen zant dam hool pelt winkle");
    static const NameWords du = wordsOf(u"bois pont");
    static const NameWords del = wordsOf(u"piero bosque rey vecchio");
    return (particle == "de"_L1 && de.contains(word))
        || (particle == "van"_L1 && van.contains(word))
        || (particle == "du"_L1 && du.contains(word))
        || (particle == "del"_L1 && del.contains(word));
}

bool hasUnsureParticle(const QString &particle, const QString &word)
{
    static const NameWords la = wordsOf(u"fontaine rochefoucauld tour fayette hoya bruyère boétie "
                                        u"salle rue villette");
    static const NameWords da = wordsOf(u"costa");
    return (particle == "la"_L1 && la.contains(word)) || (particle == "da"_L1 && da.contains(word));
}

QString macNameOf(const QString &word)
{
    static const NameWords rests =
        wordsOf(u"gyver gowan manus cormack carthy donell donnell nab phail sween vicar");
    if (!word.startsWith("mac"_L1) || !rests.contains(word.mid(3)))
        return {};
    return u"Mac"_s + word[3].toUpper() + word.mid(4);
}

namespace {

/// Families of these names write the letter after Mac large or small; a consonant there that is not
/// in Macron, Machado, Mackie and Macsai is of one of them.
bool isUnsureMac(const QString &word)
{
    static const NameWords rests = wordsOf(
        u"arthur allister alister allan alpine andrew aulay avoy askill ateer elroy eachern eachen "
        u"ewan ewen "
        u"inally inerney innes innis intosh intyre inroy isaac iver ivor henry hugh kay kaye keith "
        u"kellar kendrick kenna kennedy kenzie keown killop kinlay kinley kinney kinnon kintosh "
        u"knight oscar "
        u"orquodale rae reynolds ritchie robert roberts robbie rory quarrie queen shane swain "
        u"sween sweeney");
    if (!word.startsWith("mac"_L1) || word.size() < 6 || !macNameOf(word).isEmpty())
        return false;
    constexpr QStringView consonants = u"bdfglmnptvw";
    const bool isConsonant =
        consonants.contains(word[3]) || (word[3] == u'c' && word[4] != u'h' && word[4] != u'i');
    return isConsonant || rests.contains(word.mid(3));
}

} // namespace

bool isUnsureName(const QString &word)
{
    static const NameWords words = wordsOf(
        u"mackenzie macintyre macintosh macmillan macaulay mackay maclean maclaine macquarie "
        u"macbeth maccoll macdermott macduff macgill macgrath macmahon macnally macshane "
        u"dicaprio devito deniro dimaggio desantis degeneres delacruz delarosa deleon demarco "
        u"demille dejesus delarge depaul deluca derosa devries dewitt dimarco "
        u"digiovanni dilorenzo dipietro leblanc lebron lebeau lecroy "
        u"lamarca latoya lakeisha lashawn deshawn deandre dangelo dejohn demarcus "
        u"joann maryann roseann leann ruthann annmarie maryjane oneal oneil oneill obrien ohara "
        u"oconnor oconnell odonnell oreilly oleary osullivan omalley ogrady vanhalen vandyke "
        u"vanburen vanderberg vandenberg vanderveen vangogh fitzsimmons fitzjames fitzwilliam "
        u"stclair stjohn stpierre");
    return words.contains(word) || isUnsureMac(word);
}

QString titleOf(const QString &word)
{
    static const QHash<QString, QString> titles {
        {u"dr"_s, u"Dr"_s},       {u"dr."_s, u"Dr."_s},
        {u"prof"_s, u"Prof"_s},   {u"prof."_s, u"Prof."_s},
        {u"mr"_s, u"Mr"_s},       {u"mr."_s, u"Mr."_s},
        {u"mrs"_s, u"Mrs"_s},     {u"mrs."_s, u"Mrs."_s},
        {u"ms"_s, u"Ms"_s},       {u"ms."_s, u"Ms."_s},
        {u"mme"_s, u"Mme"_s},     {u"mlle"_s, u"Mlle"_s},
        {u"jr"_s, u"Jr"_s},       {u"jr."_s, u"Jr."_s},
        {u"sr"_s, u"Sr"_s},       {u"sr."_s, u"Sr."_s},
        {u"sra."_s, u"Sra."_s},   {u"st"_s, u"St"_s},
        {u"st."_s, u"St."_s},     {u"ste."_s, u"Ste."_s},
        {u"phd"_s, u"PhD"_s},     {u"ph.d."_s, u"Ph.D."_s},
        {u"ph.d"_s, u"Ph.D"_s},   {u"md"_s, u"MD"_s},
        {u"m.d."_s, u"M.D."_s},   {u"dds"_s, u"DDS"_s},
        {u"cpa"_s, u"CPA"_s},     {u"mba"_s, u"MBA"_s},
        {u"esq"_s, u"Esq"_s},     {u"esq."_s, u"Esq."_s},
        {u"bsc"_s, u"BSc"_s},     {u"msc"_s, u"MSc"_s},
        {u"ing."_s, u"Ing."_s},   {u"dipl.-ing."_s, u"Dipl.-Ing."_s},
        {u"med."_s, u"med."_s},   {u"jur."_s, u"jur."_s},
        {u"phil."_s, u"phil."_s}, {u"rer."_s, u"rer."_s},
        {u"nat."_s, u"nat."_s},   {u"h.c."_s, u"h.c."_s},
        {u"mag."_s, u"Mag."_s}};
    return titles.value(word);
}

bool isRomanNumeral(const QString &word)
{
    static const NameWords numerals =
        wordsOf(u"ii iii iv vii viii ix xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv");
    return numerals.contains(word);
}

bool isCompanyWord(const QString &word)
{
    static const NameWords words = wordsOf(
        u"gmbh mbh llc llp ltd ltd. inc inc. corp corp. corporation kg kgaa ohg e.v. plc bv "
        u"b.v. "
        u"bvba nv n.v. s.a. s.a.s. srl s.r.l. sarl eurl sas sasu spa s.p.a. snc gbr e.g. co. "
        u"company limited oy oyj ab asa aps a/s sro s.r.o. a.s. kft zrt sp.z.o.o. z.o.o. pty pte "
        u"ltda ltda. incorporated sons bros bros. brothers group groupe gruppe holding holdings "
        u"services solutions consulting systems technologies enterprises industries associates "
        u"foundation stiftung verein universität university hochschule werke versicherung");
    return words.contains(word);
}

bool isLastCompanyWord(const QString &word)
{
    static const NameWords words = wordsOf(u"ag se sa as co lp pc ev eg ug aktiengesellschaft");
    return words.contains(word);
}

bool isAcronym(const QString &word)
{
    static const NameWords words = wordsOf(
        u"ibm sap nasa usa uk eu nato unicef unesco bmw vw kpmg aws dhl ups ubs abb rwe eon ikea "
        u"bbc cnn nec amd hp htc ge gm aeg basf fifa uefa adac aok dak tuv t\u00FCv "
        u"pwc "
        u"bcg emc lg tsmc nvidia cia fbi irs nhs nyu mit ucla ucl lse eth gls sncf edf bnp "
        u"hsbc rbs ing kfw dkb gea zf zdf ard rtl sony asus uae ussr udssr brd ddr ceo cfo cto coo "
        u"cio cmo vp hr pr qa crm erp it bbva tui oecd abn amro nyc abc ey bmo mtv");
    return words.contains(word);
}

bool isPlaceholder(const QString &word, bool isAlone)
{
    static const NameWords words = wordsOf(
        u"unknown unbekannt inconnu inconnue desconocido sconosciuto onbekend test tests testing "
        u"null undefined info admin administrator webmaster postmaster noreply no-reply office "
        u"team dummy demo anonymous anonym firstname lastname vorname nachname surname name xxx "
        u"xxxx asdf qwerty qwertz n.n. n.a.");
    static const NameWords alone = wordsOf(u"tester nil nan none void empty leer vide "
                                           u"administration b\u00FCro sales marketing support "
                                           u"service contact kontakt customer kunde client user "
                                           u"nutzer sample example beispiel tba tbc "
                                           u"tbd na");
    return words.contains(word) || (isAlone && alone.contains(word));
}

bool isVietnameseFamily(const QString &word)
{
    static const NameWords words =
        wordsOf(u"nguyen nguyễn tran trần le lê pham phạm hoang hoàng huynh huỳnh vu vũ vo võ phan "
                u"dang đặng bui bùi do đỗ ho hồ ngo ngô duong dương ly lý dinh đinh truong trương "
                u"lam lâm mai trinh trịnh");
    return words.contains(word);
}

bool hasDotlessI(const QString &word)
{
    static const NameWords words = wordsOf(
        u"yıldız yılmaz yıldırım fırat aydın altın altınok altınay altınsoy ırmak ılgaz aslı nazlı "
        u"sarı "
        u"sarıkaya kızıl sıla yalın akın akalın tarık kazım nazım fazıl hıdır hıfzı sırma sıtkı "
        u"sırrı hakkı adıvar yanık sadık balık balcı avcı aygın baygın kaygı saygı alkım kaldırım "
        u"kalkın yakın sakın tanır tanık yazıcı kır kıran kırmızı kınalı kına pınar hızır hızlı "
        u"batı "
        u"batıkan cansın aykız aldırmaz kavalı anıl rıza rıdvan dalkıran "
        u"tanrıkulu yarım sınır ayık arı baskın halıcı kalaycı saraycı dayı");
    return words.contains(word);
}

bool isElidedPrefix(const QString &prefix)
{
    static const NameWords prefixes = wordsOf(u"o d l n m t dell dall all sant degl nell quell");
    return prefixes.contains(prefix);
}

bool hasLargeElision(const QString &word)
{
    static const NameWords words = wordsOf(
        u"angelo amico agostino alessandro onofrio souza arcy amato antonio andrea costa silva "
        u"cruz ambrosio elia errico addario aloisio ambra aquino avino ettorre eramo orazio ercole "
        u"urso ippolito alfonso alessio mello almeida abo aguiar");
    return words.contains(word);
}

bool hasSmallElision(const QString &word)
{
    static const NameWords words = wordsOf(u"arc estaing artagnan orsay ormesson alembert "
                                           u"aubigné harcourt orléans eon");
    return words.contains(word);
}

} // namespace hubkeeper
