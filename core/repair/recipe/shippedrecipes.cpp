// SPDX-License-Identifier: MIT
#include "repair/recipe/shippedrecipes.h"

#include "base/savefile.h"
#include "base/similarname.h"
#include "repair/recipe/recipeparser.h"
#include "repair/repairtext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

static void initRecipeResources() // Q_INIT_RESOURCE wants to be outside of namespaces.
{
    Q_INIT_RESOURCE(hubkeeper_recipes);
}

namespace hubkeeper {

const QList<Recipe> &shippedRecipes()
{
    static const QList<Recipe> recipes = [] {
        initRecipeResources();
        QList<Recipe> list;
        const QDir folder(u":/recipes"_s);
        for (const QString &file : folder.entryList(QDir::Files, QDir::Name)) {
            QFile content(folder.filePath(file));
            if (!content.open(QIODevice::ReadOnly))
                continue;
            auto recipe = parseRecipe(content.readAll(), file);
            if (!recipe) // The tests look at every one.
                qFatal("%s", qPrintable(recipe.error().sentence()));
            list.append(*std::move(recipe));
        }
        return list;
    }();
    return recipes;
}

QByteArray shippedRecipeText(const QString &name)
{
    initRecipeResources();
    QFile content(u":/recipes/"_s + name + u".recipe"_s);
    return content.open(QIODevice::ReadOnly) ? content.readAll() : QByteArray();
}

Result<Recipe> recipeNamed(const QString &nameOrFile)
{
    QStringList names;
    for (const Recipe &recipe : shippedRecipes()) {
        names.append(recipe.name);
        if (recipe.name == nameOrFile)
            return recipe;
    }
    if (!QFileInfo::exists(nameOrFile) && !nameOrFile.contains(u'/')
        && !nameOrFile.contains(u'.')) {
        const auto near = mostSimilarName(nameOrFile, names);
        return fail(ErrorKind::NotFound,
                    RepairText::tr("\"%1\" is neither a recipe nor a file.").arg(nameOrFile),
                    near ? RepairText::tr("Did you mean \"%1\"?").arg(*near)
                         : RepairText::tr("There are %1.").arg(names.join(u", "_s)));
    }
    return readFile(nameOrFile, largestRecipe).and_then([&nameOrFile](const QByteArray &content) {
        return parseRecipe(content, QFileInfo(nameOrFile).fileName());
    });
}

} // namespace hubkeeper
