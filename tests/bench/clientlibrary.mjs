// SPDX-License-Identifier: MIT
// HubSpot's own client library, unmodified and with its own settings, at the work of a benchmark.
// Argument: folder with node_modules. Input: {"url", "token", "work"}. Prints one line of JSON.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const require = createRequire(resolve(process.argv[2], 'bench.cjs'))
const hubspot = require('@hubspot/api-client')
const { url, token, work } = JSON.parse(readFileSync(0, 'utf8'))
const client = new hubspot.Client({ accessToken: token, basePath: url, numberOfApiCallRetries: 3 })
const properties = ['email', 'firstname', 'lastname', 'phone', 'company', 'city', 'country',
    'jobtitle', 'lifecyclestage', 'hubspot_owner_id']

async function getAll() {
    const records = await client.crm.contacts.getAll(100, undefined, properties)
    return records.length
}

async function update() {
    const page = await client.crm.contacts.getAll(100, undefined, ['jobtitle'])
    started = performance.now() // Only the writing counts.
    for (let first = 0; first < page.length; first += 100) {
        const inputs = page.slice(first, first + 100)
            .map(({ id }) => ({ id, properties: { jobtitle: 'Changed by a benchmark' } }))
        await client.crm.contacts.batchApi.update({ inputs })
    }
    return page.length
}

let started = performance.now()
const records = await { getAll, update }[work]()
const seconds = (performance.now() - started) / 1000
console.log(JSON.stringify({ records, seconds: Number(seconds.toFixed(3)) }))
