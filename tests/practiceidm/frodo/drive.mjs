// SPDX-License-Identifier: MIT
// Drives the practice IDM (cloud) with frodo-lib, unmodified, through a service account.
// Arguments: folder with node_modules, hubkeeper-cli.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

import { about, check, report, same } from '../../practice/client/harness.mjs'
import { startTenant } from './am.mjs'

const [build, program] = process.argv.slice(2)
const require = createRequire(resolve(build, 'drive.cjs'))
const { frodo } = require('@rockcarver/frodo-lib')

const idmToken = 'practice-token'
const source = 'systemHubspotContact_managedUser'

function startPractice() {
    const child = spawn(program, ['practice', '--port', '0', '--idm-port', '0', '--idm-profile', 'cloud',
        '--idm-token', idmToken, '--idm-users', '30', '--contacts', '200', '--companies', '20',
        '--idm-registration-ms', '200', '--json'], { stdio: ['pipe', 'pipe', 'inherit'] })
    return new Promise((resolve, reject) => {
        child.on('error', reject)
        child.on('exit', code => reject(new Error(`the practice IDM ended with ${code}`)))
        let text = ''
        child.stdout.on('data', chunk => {
            text += chunk
            if (text.trimEnd().endsWith('\n}'))
                resolve({ url: JSON.parse(text).idm.url, stop: () => child.kill('SIGTERM') })
        })
    })
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

// Until `done` of what `ask` answers; undefined after ten seconds.
async function until(ask, done) {
    for (let i = 0; i < 100; ++i) {
        const answer = await ask()
        if (done(answer))
            return answer
        await pause(100)
    }
    return undefined
}

// The connector works, and goes on: after a write a server configures it once more.
async function working(idm) {
    await pause(1000)
    return until(() => idm.system.readSystemStatus('hubspot').catch(() => ({})),
        status => status.ok)
}

const fails = async call => call().then(() => false, () => true)

async function login(tenant) {
    about('login')
    const wrong = frodo.createInstanceWithServiceAccount(`${tenant.url}/am`, tenant.account,
        JSON.stringify(require('node:crypto').generateKeyPairSync('rsa', { modulusLength: 2048 })
            .privateKey.export({ format: 'jwk' })), 'alpha', 'cloud')
    check('another key is refused', await fails(() => wrong.login.getTokens(false, false)))
    same('for its signature', tenant.refusals.pop(), 'signature')

    const instance = frodo.createInstanceWithServiceAccount(`${tenant.url}/am`, tenant.account,
        JSON.stringify(tenant.jwk), 'alpha', 'cloud')
    const tokens = await instance.login.getTokens(false, false)
    check('a token', tenant.tokens.has(tokens?.bearerToken?.access_token), tokens)
    same('no assertion is refused', tenant.refusals, [])
    same('for one assertion', tenant.assertions.length, 1)
    check('who it is', tokens?.subject?.includes('Practice'), tokens?.subject)
    return instance
}

async function connectors({ idm }) {
    about('connectors')
    const all = await idm.connector.readConnectors()
    same('one is deployed', all.map(one => one._id), ['provisioner.openicf/hubspot'])
    const own = await idm.connector.readConnector('hubspot')
    same('its name', own.name, 'hubspot')
    check('its secret is encrypted', own.configurationProperties.clientSecret?.$crypto,
        own.configurationProperties)
    const changed = await idm.connector.updateConnector('hubspot', { ...own, description: 'Changed' })
    same('written', changed.description, 'Changed')
    same('and read', (await idm.connector.readConnector('hubspot')).description, 'Changed')
    const works = await working(idm)
    check('it works again', works?.ok, works)

    const { _id, ...copy } = own
    const made = await idm.connector.createConnector('second', { ...copy, name: 'second' })
    same('a second one', made._id, 'provisioner.openicf/second')
    check('is not made twice', await fails(() => idm.connector.createConnector('second', copy)))
    const systems = await until(() => idm.system.readAvailableSystems(),
        list => list.length === 2 && list.every(one => one.ok))
    same('both are registered', systems?.map(one => one.name).sort(), ['hubspot', 'second'])
    const deleted = await idm.connector.deleteConnector('second')
    same('deleted', deleted._id, 'provisioner.openicf/second')
    check('and gone', await fails(() => idm.connector.readConnector('second')))

    const exported = await idm.connector.exportConnector('hubspot', { deps: true })
    same('exported', Object.keys(exported.connector), ['hubspot'])
    check('with its mappings', Object.keys(exported.mapping).length > 0, exported.mapping)
    await idm.connector.importConnector('hubspot', exported, { deps: true })
    same('imported', (await idm.connector.readConnector('hubspot')).description, 'Changed')
    await working(idm)
}

async function mappings({ idm }) {
    about('mappings')
    const before = await idm.mapping.readSyncMappings()
    check('three', before.length === 3, before.map(one => one.name))
    const first = await idm.mapping.readMapping(`sync/${source}`)
    same('by name', [first.source, first.target], ['system/hubspot/contact', 'managed/user'])
    const ofHubspot = await idm.mapping.readMappings('hubspot')
    same('of the connector', ofHubspot.length, 3)

    const changed = await idm.mapping.updateMapping(`sync/${source}`,
        { ...first, displayName: 'Contacts to users' })
    same('written', changed.displayName, 'Contacts to users')
    same('and read', (await idm.mapping.readMapping(`sync/${source}`)).displayName,
        'Contacts to users')
    same('the others stay', (await idm.mapping.readSyncMappings()).map(one => one.name),
        before.map(one => one.name))

    const copy = { ...first, name: 'copy', _id: 'sync/copy' }
    const created = await idm.mapping.createMapping('sync/copy', copy)
    same('created', created.name, 'copy')
    same('four', (await idm.mapping.readSyncMappings()).length, 4)
    await idm.mapping.deleteMapping('sync/copy')
    same('three again', (await idm.mapping.readSyncMappings()).length, 3)

    const alone = { ...first, name: 'alone', _id: 'mapping/alone' }
    const own = await idm.mapping.createMapping('mapping/alone', alone)
    same('one of its own', own._id, 'mapping/alone')
    check('is found', (await idm.mapping.readMapping('mapping/alone')).name === 'alone')
    await idm.mapping.deleteMapping('mapping/alone')
    check('and gone', await fails(() => idm.mapping.readMapping('mapping/alone')))
}

async function configuration({ idm }) {
    about('configuration')
    const stubs = await idm.config.readConfigEntityStubs()
    check('stubs', stubs.some(one => one._id === 'provisioner.openicf/hubspot'), stubs)
    const whole = await idm.config.readConfigEntities()
    check('whole objects', whole.some(one => one._id === 'sync' && one.mappings), whole)
    same('by type', (await idm.config.readConfigEntitiesByType('provisioner')).map(one => one._id),
        ['provisioner.openicf/hubspot'])
    check('none', await fails(() => idm.config.readConfigEntity('nothing/here')))
}

async function managedObjects({ idm }) {
    about('managed objects')
    const before = await idm.managed.readManagedObjects('user', ['userName'])
    check('users', before.length > 20, before.length)
    const person = { userName: 'frodo', givenName: 'Robin', sn: 'Made-Up', mail: 'frodo@example.com' }
    const made = await idm.managed.createManagedObject('user', person)
    check('created, with an id of the server', made._id && made.userName === 'frodo', made)
    const read = await idm.managed.readManagedObject('user', made._id, ['*'])
    same('read', read.mail, person.mail)
    const given = await idm.managed.createManagedObject('user',
        { ...person, userName: 'other', mail: 'other@example.com' }, 'own-id')
    same('with an id of our own', given._id, 'own-id')
    check('not twice', await fails(() => idm.managed.createManagedObject('user',
        { ...person, userName: 'third', mail: 'third@example.com' }, 'own-id')))
    check('nor with a name that is taken',
        await fails(() => idm.managed.createManagedObject('user', person)))
    const updated = await idm.managed.updateManagedObject('user', made._id,
        { ...person, givenName: 'Kim' })
    same('updated', updated.givenName, 'Kim')
    const patched = await idm.managed.updateManagedObjectProperties('user', made._id,
        [{ operation: 'replace', field: '/sn', value: 'Patched' }])
    same('patched', patched.sn, 'Patched')
    const found = await idm.managed.queryManagedObjects('user', 'userName eq "frodo"',
        ['userName', 'sn'], 10)
    same('found', found.map(one => one.sn), ['Patched'])
    const paged = await idm.managed.queryManagedObjects('user', 'true', ['userName'], 7)
    same('in pages', paged.length, before.length + 2)
    const many = await idm.managed.updateManagedObjectsProperties('user',
        'mail co "example.com" and givenName eq "Robin"',
        [{ operation: 'replace', field: '/givenName', value: 'Alex' }])
    check('patched by a filter', many.every(one => one.givenName === 'Alex'), many)
    await idm.managed.deleteManagedObject('user', made._id)
    same('deleted by a filter', await idm.managed.deleteManagedObjects('user',
        'userName eq "other"'), 1)
    check('deleted', await fails(() => idm.managed.readManagedObject('user', made._id, ['*'])))
}

async function systemObjects({ idm }) {
    about('system objects')
    const ids = await idm.system.queryAllSystemObjectIds('hubspot', 'contact', 5)
    same('a page of ids', ids.result.length, 5)
    const next = await idm.system.queryAllSystemObjectIds('hubspot', 'contact', 5,
        ids.pagedResultsCookie)
    check('the next one', next.result.length === 5 && next.result[0]._id !== ids.result[0]._id, next)
    const contact = await idm.system.readSystemObject('hubspot', 'contact', ids.result[0]._id)
    same('one of them', contact._id, ids.result[0]._id)
    const schema = await idm.system.readSystemSchema('hubspot')
    check('its schema', schema.contact?.properties, Object.keys(schema))
    const found = await idm.system.querySystemObjects('hubspot', 'contact',
        `email eq "${contact.email}"`, ['email', 'firstname'])
    check('found by a property', found.result.some(one => one._id === contact._id), found)

    const made = await idm.system.createSystemObject('hubspot', 'contact',
        { email: 'robin@frodo.example.com', firstname: 'Robin' })
    check('created', made._id, made)
    const patched = await idm.system.updateSystemObjectProperties('hubspot', 'contact', made._id,
        [{ operation: 'replace', field: '/firstname', value: 'Kim' }])
    same('patched', patched.firstname, 'Kim')
    await idm.system.deleteSystemObject('hubspot', 'contact', made._id)
    check('deleted', await fails(() =>
        idm.system.readSystemObject('hubspot', 'contact', made._id)))
    same('no connector server', (await idm.system.testConnectorServers()).length, 0)
}

async function reconciliation({ idm }) {
    about('reconciliation')
    const started = await idm.recon.startRecon(source)
    check('started', started._id, started)
    const ended = await until(() => idm.recon.readRecon(started._id),
        run => run.state !== 'ACTIVE')
    same('done', [ended?.state, ended?.stage], ['SUCCESS', 'COMPLETED_SUCCESS'])
    same('of the mapping', ended?.mapping, source)
    check('with situations', ended?.situationSummary?.CONFIRMED > 0, ended?.situationSummary)
    const all = await idm.recon.readRecons()
    check('listed', all.reconciliations.some(run => run._id === started._id), all)
    const cancelled = await idm.recon.cancelRecon(started._id)
    same('cancelling one that is over', [cancelled._id, cancelled.action],
        [started._id, 'cancel'])
    check('no such mapping', await fails(() => idm.recon.startRecon('nothing')))
    const contact = (await idm.system.queryAllSystemObjectIds('hubspot', 'contact', 1)).result[0]
    const one = await idm.recon.startReconById(source, contact._id)
    const single = await until(() => idm.recon.readRecon(one._id), run => run.state !== 'ACTIVE')
    same('one object', single?.state, 'SUCCESS')
}

async function endedToken({ idm }, tenant) {
    about('the token')
    tenant.tokens.clear()
    check('is refused once it has ended', await fails(() => idm.connector.readConnectors()))
}

const practice = await startPractice()
process.on('exit', () => practice.stop()) // Whatever ends it.
const tenant = await startTenant(practice.url, idmToken)
let code = 1
try {
    const instance = await login(tenant)
    await configuration(instance)
    await managedObjects(instance)
    await connectors(instance)
    await mappings(instance)
    await systemObjects(instance)
    await reconciliation(instance)
    await endedToken(instance, tenant)
    code = report(65)
    console.log(`${tenant.passed.length} requests passed on`)
} catch (error) {
    console.error(error?.getCombinedMessage?.() ?? error)
} finally {
    tenant.stop()
}
process.exit(code)
