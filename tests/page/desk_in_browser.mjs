// The desk in Chromium: whole stories of people who ask, and what it refuses.
// Arguments: the program, the source folder, the folder with the packages of these tests; a folder for pictures, or nothing.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {join} from 'node:path';
import {saved} from './browser.mjs';
import {answered, fileOf, folder, holdAll, openDesk, pictures, program, scenario, seriousOf, startDesk, worlds} from './desk.mjs';

/** @param {string} address @param {Record<string, string>} headers */
const statusOf = (address, headers = {}, method = 'GET', body = '') => new Promise((resolve, reject) => {
    const sent = request(address, {method, headers}, response => { response.resume(); resolve(response.statusCode); });
    sent.on('error', reject);
    sent.end(body);
});

const desk = await startDesk();

const laws = {
    async 'a strategist asks for more money and a lever, and the answer is that of homeward compare'() {
        const {page, troubles, context} = await openDesk(desk.address);
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
        const {page, context} = await openDesk(desk.address);
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
        const {page, context} = await openDesk(desk.address);
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
        const one = await openDesk(desk.address), two = await openDesk(desk.address);
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
        const {page, troubles, context} = await openDesk(desk.address);
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
            assert.deepEqual(await seriousOf(page), []);
            if (pictures) await page.screenshot({path: join(pictures, `desk-${width}.png`), fullPage: true});
            await context.close();
        }
        const {page, context} = await openDesk(desk.address);
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

await holdAll(laws);
