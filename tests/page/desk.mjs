// What the stories of the desk share: a desk, windows at it, and how they are judged.
// Arguments: the program, the source folder, the folder with the packages of these tests; a folder for pictures, or nothing.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openBrowser, seriousOf as judged, windowIn} from './browser.mjs';

const [ownProgram, ownSource, tools, ownPictures] = process.argv.slice(2);
export const program = ownProgram, source = ownSource, pictures = ownPictures;
export const folder = mkdtempSync(join(tmpdir(), 'homeward-desk-'));
export const worlds = 64, scenario = join(source, 'scenarios/quick.yaml');
const desks = [];
const {browser, axe} = await openBrowser(tools);

/** @returns {Promise<{address: string, process: import('node:child_process').ChildProcess, ended: Promise<number | null>}>} */
export function startDesk(port = '0', file = scenario, env = process.env, more = []) {
    const desk = spawn(program, ['desk', file, '--port', port, '-n', String(worlds), ...more], {stdio: ['ignore', 'pipe', 'inherit'], env});
    const ended = new Promise(resolve => desk.on('exit', resolve));
    desks.push(desk);
    return new Promise((resolve, reject) => {
        let told = '';
        desk.stdout.on('data', data => {
            told += data;
            const found = /http:\S+/.exec(told);
            if (found) resolve({address: found[0], process: desk, ended});
        });
        desk.on('exit', code => reject(new Error(`the desk ended with ${code}`)));
    });
}

/** A window at the desk that notes what it should not see. */
export async function openDesk(address, options = {}) {
    const context = await browser.newContext({viewport: {width: 1440, height: 1000}, acceptDownloads: true, ...options});
    const page = await windowIn(context), troubles = [];
    page.on('console', message => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
    page.on('pageerror', error => troubles.push(`error: ${error.message}`));
    page.on('request', request => request.url().startsWith(new URL(address).origin) || /^(data|blob):/.test(request.url()) || troubles.push(`request: ${request.url()}`));
    await page.goto(address);
    await page.waitForFunction(() => document.documentElement.dataset.ready);
    return {page, troubles, context};
}

/** Waits until the answer to the question that is asked now has all its worlds. */
export async function answered(page) {
    await page.waitForFunction(count => document.documentElement.dataset.worlds === String(count) && document.querySelector('.stale')?.hidden === true, worlds, {timeout: 60000});
}

export const fileOf = page => page.locator('#file').inputValue();

/** What a judge of accessibility finds serious, and what is wider than the window. */
export async function seriousOf(page) {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    return [...await judged(page, axe), ...overflow > 0 ? [`${overflow} px too wide`] : []];
}

/** Whether all laws hold, with what each took; then everything ends. HOMEWARD_LAW: only those with one of these words, between bars. */
export async function holdAll(laws) {
    const only = process.env.HOMEWARD_LAW?.split('|');
    let failed = 0;
    for (const [law, hold] of Object.entries(laws)) {
        if (only && !only.some(part => law.includes(part))) continue;
        const began = Date.now();
        try {
            await hold();
            console.log(`holds (${((Date.now() - began) / 1000).toFixed(1)} s): ${law}`);
        } catch (error) {
            failed++;
            console.log(`BROKEN: ${law}\n${error.stack}`);
        }
    }
    await browser.close();
    for (const desk of desks) desk.kill('SIGTERM');
    rmSync(folder, {recursive: true, force: true});
    process.exit(failed ? 1 : 0);
}
