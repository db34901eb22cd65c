// SPDX-License-Identifier: MIT
// Drives the practice portal with HubSpot's own client library, unmodified.
// Arguments: folder with node_modules, program that serves the portal.
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

import { accountAndLimits, oauth, retries } from './accounts.mjs'
import { associations, owners, properties } from './catalogue.mjs'
import { report, startPortal } from './harness.mjs'
import { batches, records, search, specialWrites } from './records.mjs'

const [build, serve] = process.argv.slice(2)
const require = createRequire(resolve(build, 'drive.cjs'))
const hubspot = require('@hubspot/api-client')

const contacts = 250
const companies = 60
const portal = await startPortal(serve, [contacts, companies])

// Quick enough for many checks; the library's own settings are tried at the end.
const quick = { minTime: 5, maxConcurrent: 6 }
const clientWith = (accessToken, more = {}) =>
    new hubspot.Client({ accessToken, basePath: portal.url, limiterOptions: quick, ...more })

let code = 1
try {
    await portal.control({ indexDelayMs: 0, limits: { searchPerSecond: 0, staticPerWindow: 0 } })
    const context = { hubspot, portal, clientWith, contacts, companies }
    context.client = clientWith(portal.staticToken)
    await records(context)
    await specialWrites(context)
    await batches(context)
    await search(context)
    await properties(context)
    await owners(context)
    await associations(context)
    await oauth(context)
    await accountAndLimits(context)
    await retries(context)
    code = report(120)
} catch (error) {
    console.error('the run broke off:', error.stack ?? error)
} finally {
    portal.stop()
}
process.exit(code)
