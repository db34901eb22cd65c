// SPDX-License-Identifier: MIT
#include "practice/data/nametables.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

std::span<const WrittenName> givenNames()
{
    static const std::vector<WrittenName> names {
        {u"Ada"_s, u"ada"_s},         {u"Zoë"_s, u"zoe"_s},
        {u"Jürgen"_s, u"juergen"_s},  {u"François"_s, u"francois"_s},
        {u"Łucja"_s, u"lucja"_s},     {u"Øyvind"_s, u"oyvind"_s},
        {u"İpek"_s, u"ipek"_s},       {u"Đặng"_s, u"dang"_s},
        {u"Ελένη"_s, u"eleni"_s},     {u"Γιώργος"_s, u"giorgos"_s},
        {u"Наталья"_s, u"natalya"_s}, {u"Дмитро"_s, u"dmytro"_s},
        {u"محمد"_s, u"mohammed"_s},   {u"فاطمة"_s, u"fatima"_s},
        {u"יעל"_s, u"yael"_s},        {u"נועם"_s, u"noam"_s},
        {u"美咲"_s, u"misaki"_s},     {u"伟"_s, u"wei"_s},
        {u"지우"_s, u"jiwoo"_s},      {u"नेहा"_s, u"neha"_s},
        {u"สมชาย"_s, u"somchai"_s},   {u"Mary-Jane"_s, u"mary-jane"_s},
        {u"D'Arcy"_s, u"darcy"_s},    {u"Robert \"Bob\""_s, u"bob"_s},
        {u"Ana; María"_s, u"ana"_s},  {u"Grace 🌟"_s, u"grace"_s},
        {u"João, Jr."_s, u"joao"_s},  {u"Nguyễn"_s, u"nguyen"_s},
        {u"Sam"_s, u"sam"_s},         {u"Lea"_s, u"lea"_s},
        {u"Tom"_s, u"tom"_s},         {u"Ivy"_s, u"ivy"_s},
        {u"Jose\u0301"_s, u"jose"_s}, {u"Th\u00e9o\u00a0Luc"_s, u"theo"_s},
        {u"X Æ"_s, u"x"_s},           {u"\u202bسارة\u202c"_s, u"sara"_s},
    };
    return names;
}

std::span<const WrittenName> familyNames()
{
    static const std::vector<WrittenName> names {
        {u"Keller"_s, u"keller"_s},
        {u"O'Neill"_s, u"oneill"_s},
        {u"Müller-Lüdenscheidt"_s, u"mueller"_s},
        {u"Ångström"_s, u"angstrom"_s},
        {u"Çelik"_s, u"celik"_s},
        {u"Dvořák"_s, u"dvorak"_s},
        {u"Szczęsny"_s, u"szczesny"_s},
        {u"Παπαδόπουλος"_s, u"papadopoulos"_s},
        {u"Кузнецова"_s, u"kuznetsova"_s},
        {u"Шевченко"_s, u"shevchenko"_s},
        {u"الحسيني"_s, u"alhusseini"_s},
        {u"בן-דוד"_s, u"ben-david"_s},
        {u"田中"_s, u"tanaka"_s},
        {u"王"_s, u"wang"_s},
        {u"김"_s, u"kim"_s},
        {u"शर्मा"_s, u"sharma"_s},
        {u"de la Cruz y Fernández"_s, u"delacruz"_s},
        {u"van 't Hof"_s, u"vanthof"_s},
        {u"Smith"_s, u"smith"_s},
        {u"Jones"_s, u"jones"_s},
        {u"Silva"_s, u"silva"_s},
        {u"Rossi"_s, u"rossi"_s},
        {u"Null"_s, u"null"_s},
        {u"True"_s, u"true"_s},
        {u"<b>Bold</b>"_s, u"bold"_s},
        {u"=1+1"_s, u"formula"_s},
        {u"Ó Súilleabháin"_s, u"osullivan"_s},
        {u"Ñíguez"_s, u"niguez"_s},
        {u"Lindqvist"_s, u"lindqvist"_s},
        {u"Wolfeschlegelsteinhausenbergerdorff"_s.repeated(6), u"wolfe"_s},
    };
    return names;
}

std::span<const WrittenName> companyNames()
{
    static const std::vector<WrittenName> names {
        {u"Nordlicht"_s, u"nordlicht"_s},
        {u"Café Crème"_s, u"cafe-creme"_s},
        {u"Ζεύς"_s, u"zeus"_s},
        {u"Ромашка"_s, u"romashka"_s},
        {u"النور"_s, u"alnoor"_s},
        {u"שמש"_s, u"shemesh"_s},
        {u"桜"_s, u"sakura"_s},
        {u"长城"_s, u"changcheng"_s},
        {u"한빛"_s, u"hanbit"_s},
        {u"Smørrebrød"_s, u"smorrebrod"_s},
        {u"Rocket 🚀"_s, u"rocket"_s},
        {u"\"Quoted\" Goods"_s, u"quoted"_s},
        {u"Fish & Chips"_s, u"fish-chips"_s},
        {u"Acorn; Oak"_s, u"acorn"_s},
        {u"Blue, Red"_s, u"blue-red"_s},
        {u"Plain"_s, u"plain"_s},
        {u"Harbour"_s, u"harbour"_s},
        {u"Meadow"_s, u"meadow"_s},
        {u"Granite"_s, u"granite"_s},
        {u"Lantern"_s, u"lantern"_s},
        {u"Řeka"_s, u"reka"_s},
        {u"Über"_s, u"ueber"_s},
        {u"C:\\Temp\\"_s, u"backslash"_s},
        {u"100%"_s, u"hundred"_s},
        {u"Long"_s.repeated(50), u"long"_s},
    };
    return names;
}

std::span<const QString> companyForms()
{
    static const std::vector<QString> forms {u"GmbH"_s,     u"Ltd."_s, u"S.A."_s, u"Inc."_s,
                                             u"株式会社"_s, u"ООО"_s,  u"A/S"_s,  u"& Søn"_s};
    return forms;
}

std::span<const QString> jobTitles()
{
    static const std::vector<QString> titles {
        u"Engineer"_s,       u"Head of Sales"_s, u"CEO"_s,        u"Geschäftsführerin"_s,
        u"Ingénieure"_s,     u"Директор"_s,      u"エンジニア"_s, u"Buyer, EMEA"_s,
        u"\"Evangelist\""_s, u"Accountant"_s};
    return titles;
}

std::span<const QString> notes()
{
    static const std::vector<QString> texts {
        u"Called back."_s,
        u"First line\nsecond line\n\nfourth line with a tab\there"_s,
        u"Quote \" apostrophe ' backslash \\ angle <tag> ampersand & percent %1"_s,
        u"العربية في السطر الأول\nand English in the second"_s,
        u"👩‍👩‍👧‍👦 family, 🇩🇪 flag, 👍🏽 thumb"_s,
        u"A very long note. "_s.repeated(250),
    };
    return texts;
}

std::span<const Town> towns()
{
    static const std::vector<Town> all {
        {u"Berlin"_s, u"Germany"_s, u"10115"_s, u"+49 30"_s},
        {u"München"_s, u"Germany"_s, u"80331"_s, u"+49 89"_s},
        {u"Αθήνα"_s, u"Greece"_s, u"105 57"_s, u"+30 21"_s},
        {u"Київ"_s, u"Ukraine"_s, u"01001"_s, u"+380 44"_s},
        {u"Tōkyō 東京"_s, u"Japan"_s, u"100-0001"_s, u"+81 3"_s},
        {u"תל אביב"_s, u"Israel"_s, u"6100000"_s, u"+972 3"_s},
        {u"القاهرة"_s, u"Egypt"_s, u"11511"_s, u"+20 2"_s},
        {u"São Paulo"_s, u"Brazil"_s, u"01000-000"_s, u"+55 11"_s},
        {u"Boston"_s, u"United States"_s, u"02108"_s, u"+1 617"_s},
        {u"London"_s, u"United Kingdom"_s, u"SW1A 1AA"_s, u"+44 20"_s},
        {u"Llanfairpwllgwyngyll"_s, u"United Kingdom"_s, u"LL61 5UJ"_s, u"+44 1248"_s},
        {u"L'Haÿ-les-Roses"_s, u"France"_s, u"94240"_s, u"+33 1"_s},
    };
    return all;
}

} // namespace hubkeeper::practice
