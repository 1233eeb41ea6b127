// The desk in Chromium: whole stories of people who ask, and what it refuses.
// Arguments: the program, the source folder, the folder with the packages of these tests; a folder for pictures, or nothing.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openBrowser, saved} from './browser.mjs';

const [program, source, tools, pictures] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'homeward-desk-'));
const worlds = 64, scenario = join(source, 'scenarios/quick.yaml');
const desks = [];

/** @returns {Promise<{address: string, process: import('node:child_process').ChildProcess, ended: Promise<number | null>}>} */
function startDesk(port = '0', file = scenario) {
    const process = spawn(program, ['desk', file, '--port', port, '-n', String(worlds)], {stdio: ['ignore', 'pipe', 'inherit']});
    const ended = new Promise(resolve => process.on('exit', resolve));
    desks.push(process);
    return new Promise((resolve, reject) => {
        let told = '';
        process.stdout.on('data', data => {
            told += data;
            const found = /http:\S+/.exec(told);
            if (found) resolve({address: found[0], process, ended});
        });
        process.on('exit', code => reject(new Error(`the desk ended with ${code}`)));
    });
}

/** @param {string} address @param {Record<string, string>} headers */
const statusOf = (address, headers = {}, method = 'GET', body = '') => new Promise((resolve, reject) => {
    const sent = request(address, {method, headers}, response => { response.resume(); resolve(response.statusCode); });
    sent.on('error', reject);
    sent.end(body);
});

const {browser, axe} = await openBrowser(tools);
const desk = await startDesk();

/** A window at the desk that notes what it should not see. */
async function openDesk(address = desk.address, options = {}) {
    const context = await browser.newContext({viewport: {width: 1440, height: 1000}, acceptDownloads: true, ...options});
    const page = await context.newPage(), troubles = [];
    page.on('console', message => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
    page.on('pageerror', error => troubles.push(`error: ${error.message}`));
    page.on('request', request => request.url().startsWith(new URL(address).origin) || /^(data|blob):/.test(request.url()) || troubles.push(`request: ${request.url()}`));
    await page.goto(address);
    await page.waitForFunction(() => document.documentElement.dataset.ready);
    return {page, troubles, context};
}

/** Waits until the answer to the question that is asked now has all its worlds. */
async function answered(page) {
    await page.waitForFunction(count => document.documentElement.dataset.worlds === String(count) && document.querySelector('.stale')?.hidden === true, worlds, {timeout: 60000});
}

const fileOf = page => page.locator('#file').inputValue();

const laws = {
    async 'a strategist asks for more money and a lever, and the answer is that of homeward compare'() {
        const {page, troubles, context} = await openDesk();
        await answered(page);
        await page.locator('#add-money').click();
        await page.locator('[data-money="0"]').fill('50');
        await answered(page);
        await page.waitForFunction(() => document.querySelector('#differences-1') !== null);
        const {name, bytes} = await saved(page, '#download');
        assert.equal(name, 'question.yaml');
        writeFileSync(join(folder, 'question.yaml'), bytes.toString().replace(/include: \[quick\.yaml/, `include: [${scenario}`));
        const compared = JSON.parse(execFileSync(program, ['compare', scenario, join(folder, 'question.yaml'), '-n', String(worlds), '--json', '-q', '--keep', join(folder, 'runs')], {encoding: 'utf8', maxBuffer: 1e8}));
        const csv = (await saved(page, '[data-csv="compare-place_release"]')).bytes.toString().trim().split('\n');
        const rows = compared.tables.place_release.rows;
        assert.equal(csv.length, rows.length + 1);
        const column = csv[0].split(',').findIndex(title => title.startsWith('difference '));
        rows.forEach((row, i) => assert.equal(Number(csv[i + 1].split(',')[column]), row.difference, 'a number differs from the command line'));
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'the address and the file hold the whole question; undo and reset take back'() {
        const {page, context} = await openDesk();
        await page.locator('#add-pledge').click();
        await page.locator('#add-teams').click();
        const text = await fileOf(page);
        assert.match(text, /amount: 15 MUSD/);
        assert.match(text, /teams: 10/);
        await page.reload();
        await page.waitForFunction(() => document.documentElement.dataset.ready);
        assert.equal(await fileOf(page), text);
        await answered(page);
        await page.locator('#reset').click();
        assert.equal((await fileOf(page)).trim(), 'include: [quick.yaml]');
        await page.locator('#undo').click();
        assert.equal(await fileOf(page), text);
        await answered(page);
        await context.close();
    },
    async 'a wrong file is told at its line, and the next question is answered'() {
        const {page, context} = await openDesk();
        await answered(page);
        await page.setInputFiles('#upload', {name: 'wrong.yaml', mimeType: 'text/yaml', buffer: Buffer.from('include: [quick.yaml]\nplanning:\n  rule: worst_frst\n')});
        await page.waitForFunction(() => /Line 3, column 9.*worst_first/s.test(document.querySelector('#question .warning')?.textContent ?? ''));
        await page.setInputFiles('#upload', {name: 'file.yaml', mimeType: 'text/yaml', buffer: Buffer.from('include: [/etc/passwd]\n')});
        await page.waitForFunction(() => document.querySelector('#question .warning')?.textContent?.includes('include'));
        await page.setInputFiles('#upload', {name: 'right.yaml', mimeType: 'text/yaml', buffer: Buffer.from('include: [quick.yaml]\nplanning:\n  rule: worst_first\n')});
        await answered(page);
        assert.ok(await page.locator('#question .warning').isHidden());
        await context.close();
    },
    async 'two windows ask different things and each hears its own answer'() {
        const one = await openDesk(), two = await openDesk();
        await one.page.locator('#add-money').click();
        await two.page.locator('#add-pledge').click();
        await Promise.all([answered(one.page), answered(two.page)]);
        const changed = window => window.page.locator('.changed').first().textContent();
        assert.match(await changed(one), /factor/);
        assert.doesNotMatch(await changed(two), /factor/);
        await one.context.close();
        await two.context.close();
    },
    async 'who slides fast is answered once, for where the slider stands'() {
        const {page, troubles, context} = await openDesk();
        await page.locator('#add-money').click();
        for (const percent of ['-20', '5', '40', '80', '10']) await page.locator('[data-money="0"]').fill(percent);
        await answered(page);
        assert.match(await fileOf(page), /1\.10/);
        const findings = () => page.locator('.findings').first().textContent();
        const slid = await findings();
        await page.locator('#by-hand').click(); // the same question, and as if it had never been slid to
        await page.locator('#file').fill((await fileOf(page)).replace('1.10', '1.100'));
        await page.locator('#download').focus();
        await answered(page);
        assert.equal(await findings(), slid);
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'a desk that was killed and started again at its port answers the window that is open, at its new token'() {
        const first = await startDesk(), {page, context} = await openDesk(first.address);
        await page.locator('#add-money').click();
        await answered(page);
        const hash = new URL(page.url()).hash;
        first.process.kill('SIGKILL');
        await first.ended;
        await page.waitForFunction(() => document.querySelector('#answer > .warning')?.hidden === false);
        const again = await startDesk(new URL(first.address).port);
        assert.notEqual(again.address, first.address);
        await page.goto(again.address + hash);
        await answered(page);
        assert.match(await fileOf(page), /factor/);
        await context.close();
    },
    async 'forged hosts, origins and tokens are refused, and so is what is too long'() {
        const {address} = desk, origin = new URL(address).origin;
        assert.equal(await statusOf(address), 200);
        assert.equal(await statusOf(address, {Host: 'evil.example'}), 403);
        assert.equal(await statusOf(address, {Origin: 'http://evil.example'}), 403);
        assert.equal(await statusOf(address, {Origin: origin}), 200);
        assert.equal(await statusOf(`${origin}/`), 404);
        assert.equal(await statusOf(address.replace(/.\/$/, letter => letter === '0/' ? '1/' : '0/')), 404);
        assert.equal(await statusOf(`${address}../../etc/passwd`), 404);
        assert.equal(await statusOf(`${address}questions?tab=1&number=1`, {}, 'POST', 'x'.repeat(300000)), 413);
        assert.equal(await statusOf(`${address}questions?tab=zz&number=1`, {}, 'POST', '{}'), 400);
        assert.equal(await statusOf(`${address}questions?tab=1&number=1`, {}, 'PUT', '{}'), 404);
    },
    async 'keyboard alone reaches every control, and axe finds nothing serious, wide and narrow'() {
        for (const width of [1440, 390]) {
            const {page, context} = await openDesk(desk.address, {viewport: {width, height: 900}});
            await page.locator('#add-money').click();
            await page.locator('#add-pledge').click();
            await answered(page);
            await page.evaluate(axe);
            const found = await page.evaluate(() => window.axe.run({resultTypes: ['violations']}));
            const serious = found.violations.filter(one => ['serious', 'critical'].includes(one.impact)).map(one => `${one.id}: ${one.nodes.map(node => node.html).slice(0, 2).join(' ')}`);
            assert.deepEqual(serious, []);
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
            if (pictures) await page.screenshot({path: join(pictures, `desk-${width}.png`), fullPage: true});
            await context.close();
        }
        const {page, context} = await openDesk();
        await page.locator('#undo').focus();
        const reached = new Set();
        for (let i = 0; i < 40; i++) {
            await page.keyboard.press('Tab');
            reached.add(await page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName));
        }
        for (const id of ['reset', 'add-money', 'add-pledge', 'add-teams', 'file', 'download', 'by-hand']) assert.ok(reached.has(id), `${id} is not reached by Tab`);
        await context.close();
    },
    async 'it ends at a signal, with its processes'() {
        const one = await startDesk();
        one.process.kill('SIGINT');
        assert.equal(await one.ended, 0);
    },
};

let failed = 0;
for (const [law, hold] of Object.entries(laws)) {
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
for (const process of desks) process.kill('SIGTERM');
rmSync(folder, {recursive: true, force: true});
process.exit(failed ? 1 : 0);
