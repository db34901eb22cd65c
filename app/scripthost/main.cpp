// SPDX-License-Identifier: MIT
#include "script/hosting.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    return hubkeeper::hostScript();
}
