// SPDX-License-Identifier: MIT
#include "changes/set/changecolumns.h"
#include "changes/set/changefile.h"
#include "changes/set/rowsource.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

void ChangeFile::putStep(int step, const StepTitle &title)
{
    static constexpr auto sql = "INSERT OR REPLACE INTO steps (step, name, rows) VALUES (?, ?, ?)";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, step);
    bindColumnText(write, 2, title.name);
    write.bind(3, title.rows);
    write.exec();
}

void ChangeFile::putImage(int step, const NumberedRow &image)
{
    static constexpr auto sql =
        "INSERT OR REPLACE INTO images (step, sequence, body) VALUES (?, ?, ?)";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, step);
    write.bind(2, int64_t(image.sequence));
    if (image.row)
        write.bind(3, readyBody(*image.row).toStdString());
    write.exec();
}

void ChangeFile::dropImages(int step)
{
    static constexpr auto sql = "DELETE FROM images WHERE step = ?";
    SQLite::Statement &write = prepared(sql);
    write.bind(1, step);
    write.exec();
}

void ChangeFile::dropStepsFrom(int step)
{
    static constexpr auto steps = "DELETE FROM steps WHERE step >= ?";
    static constexpr auto images = "DELETE FROM images WHERE step >= ?";
    for (const char *sql : {steps, images}) {
        SQLite::Statement &write = prepared(sql);
        write.bind(1, step);
        write.exec();
    }
}

void ChangeFile::setStepsDone(int count)
{
    setAbout("stepsDone", QString::number(count));
}

void ChangeFile::endSwap(int step, int stepsDone)
{
    // Images that could not be read were not swapped, and stay.
    static constexpr auto swapped = "DELETE FROM images WHERE step = ? AND sequence IN"
                                    " (SELECT sequence FROM images WHERE step = ?)";
    static constexpr auto renamed = "UPDATE images SET step = ? WHERE step = ?";
    for (const char *sql : {swapped, renamed}) {
        SQLite::Statement &write = prepared(sql);
        write.bind(1, step);
        write.bind(2, swapStep);
        write.exec();
    }
    setStepsDone(stepsDone);
}

/// The latest first. A new step takes the number behind those that are done, and what was undone
/// makes room for it first: no other one can be open.
std::vector<int> ChangeFile::openSteps()
{
    static constexpr auto sql = "SELECT EXISTS (SELECT 1 FROM images WHERE step = ?1)"
                                " AND NOT EXISTS (SELECT 1 FROM steps WHERE step = ?1)";
    std::vector<int> open;
    for (const int step : {swapStep, about("stepsDone").toInt()}) {
        SQLite::Statement &read = prepared(sql);
        read.bind(1, step);
        if (read.executeStep() && read.getColumn(0).getInt() != 0)
            open.push_back(step);
        read.reset();
    }
    return open;
}

void ChangeFile::takeBack(int step)
{
    constexpr int some = 500;
    for (qint64 next = 0;;) {
        const std::vector<NumberedRow> images = imagesFrom(step, next, some);
        for (const NumberedRow &image : images) {
            if (image.row)
                put(image.sequence, *image.row);
            else
                drop(image.sequence);
            next = image.sequence + 1;
        }
        if (images.size() < size_t(some))
            break;
    }
    dropImages(step);
}

} // namespace hubkeeper
