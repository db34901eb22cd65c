// SPDX-License-Identifier: MIT
// Starts a practice portal, counts checks.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { isDeepStrictEqual } from 'node:util'

let passed = 0
const failures = []
let chapter = ''

export function about(name) {
    chapter = name
}

export function check(what, condition, seen) {
    if (condition) {
        passed += 1
        return
    }
    failures.push(`${chapter}: ${what}`)
    console.error(`FAILED  ${chapter}: ${what}`, seen === undefined ? '' : seen)
}

export function same(what, actual, expected) {
    check(what, isDeepStrictEqual(actual, expected), { actual, expected })
}

// The call must fail with this HTTP status; answers the error's body.
export async function refused(what, status, call) {
    try {
        await call()
    } catch (error) {
        check(`${what}: ${status}`, error.code === status, error.code ?? error)
        return error.body ?? {}
    }
    check(`${what}: ${status}`, false, 'was not refused')
    return {}
}

export function startPortal(program, sizes) {
    const child = spawn(program, sizes.map(String), { stdio: ['pipe', 'pipe', 'inherit'] })
    return new Promise((resolve, reject) => {
        child.on('error', reject)
        child.on('exit', code => reject(new Error(`the portal ended with ${code}`)))
        createInterface({ input: child.stdout }).once('line', line => {
            const portal = JSON.parse(line)
            portal.stop = () => child.stdin.end()
            portal.control = async body => {
                const reply = await fetch(`${portal.url}/practice/control`, {
                    method: 'POST',
                    headers: { 'X-Practice-Token': portal.controlToken },
                    body: JSON.stringify(body),
                })
                if (!reply.ok)
                    throw new Error(await reply.text())
                return reply.json()
            }
            portal.requests = async () => {
                const reply = await fetch(`${portal.url}/practice/requests`, {
                    headers: { 'X-Practice-Token': portal.controlToken },
                })
                return reply.json()
            }
            resolve(portal)
        })
    })
}

export function report(least) {
    console.log(`${passed} checks passed, ${failures.length} failed`)
    if (passed + failures.length < least) {
        console.error(`only ${passed + failures.length} checks ran, at least ${least} are expected`)
        return 1
    }
    return failures.length === 0 ? 0 : 1
}
