// The desk in Chromium: whole stories of people who ask, and what it refuses.
// Arguments: the program, the source folder, the folder with the packages of these tests; a folder for pictures, or nothing.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {saved} from './browser.mjs';
import {answered, fileOf, folder, holdAll, openDesk, pictures, program, scenario, seriousOf, source, startDesk, worlds} from './desk.mjs';

/** @param {string} address @param {Record<string, string>} headers */
const statusOf = (address, headers = {}, method = 'GET', body = '') => new Promise((resolve, reject) => {
    const sent = request(address, {method, headers}, response => { response.resume(); resolve(response.statusCode); });
    sent.on('error', reject);
    sent.end(body);
});

const desk = await startDesk();

/** What the desk says in a language, by key. */
function wordsIn(language) {
    const found = new Map();
    const walk = (value, path) => typeof value === 'string' ? found.set(path, value) : Object.entries(value).forEach(([key, inner]) => walk(inner, `${path} ${key}`));
    walk(JSON.parse(readFileSync(join(source, `analysis/page/words/${language}.json`), 'utf8')).desk, '');
    return found;
}

/** A text with places as a pattern; null where there is little in it beside them. @param {string} text */
function patternOf(text) {
    const literals = text.split(/\{\w+\}/);
    if (literals.join('').replace(/[^a-z]/gi, '').length < 8) return null;
    return new RegExp(`^${literals.map(literal => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
}

/** Lines of a page that are English words of the desk though the language has its own. */
async function englishLeft(page, language) {
    const own = wordsIn(language), whole = new Set(), patterns = [];
    for (const [key, text] of wordsIn('en')) {
        if (own.get(key) === text) continue;
        if (!text.includes('{')) whole.add(text.trim());
        else if (/, (select|plural)/.test(text)) patterns.push(...text.split(/[{}]/).filter(part => part.trim().split(' ').length >= 3 && !/, (select|plural)/.test(part)).map(part => ({test: line => line.includes(part.trim())})));
        else patterns.push(patternOf(text));
    }
    const lines = await page.evaluate(() => {
        const found = [], walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('[lang=en]')) found.push(walker.currentNode.textContent.trim());
        for (const one of document.querySelectorAll('#page [aria-label], #page [placeholder]')) if (!one.closest('[lang=en]')) found.push(one.getAttribute('aria-label') ?? '', one.getAttribute('placeholder') ?? '');
        return found.filter(line => line !== '');
    });
    assert.ok(lines.length > 50, 'the page is empty');
    return lines.filter(line => whole.has(line) || patterns.some(pattern => pattern?.test(line)));
}

/** Asks for half as much money again; the table of places, without its titles. */
async function moreMoney(page) {
    await page.locator('#add-money').click();
    await page.locator('[data-money="0"]').fill('50');
    await answered(page);
    return (await saved(page, '[data-csv="compare-place_release"]')).bytes.toString().split('\n').slice(1);
}

/** What is shown is what `homeward compare` says of the file that the desk gives out. */
async function isThatOfCompare(page) {
    const {name, bytes} = await saved(page, '#download'), kept = join(folder, 'question.yaml');
    assert.equal(name, 'question.yaml');
    writeFileSync(kept, bytes.toString().replace(/include: \[quick\.yaml/, `include: [${scenario}`));
    const compared = JSON.parse(execFileSync(program, ['compare', scenario, kept, '-n', String(worlds), '--json', '-q', '--keep', join(folder, 'runs')], {encoding: 'utf8', maxBuffer: 1e8}));
    const csv = (await saved(page, '[data-csv="compare-place_release"]')).bytes.toString().trim().split('\n');
    const rows = compared.tables.place_release.rows;
    assert.equal(csv.length, rows.length + 1);
    const column = csv[0].split(',').findIndex(title => title.startsWith('difference '));
    rows.forEach((row, i) => assert.equal(Number(csv[i + 1].split(',')[column]), row.difference, 'a number differs from the command line'));
}

const laws = {
    async 'a strategist asks for more money and a lever, and the answer is that of homeward compare'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await answered(page);
        await page.locator('#add-money').click();
        await page.locator('[data-money="0"]').fill('50');
        await answered(page);
        await page.waitForFunction(() => document.querySelector('#differences-1') !== null);
        assert.match(await page.locator('.changed').first().textContent(), /factor: \(added\)/);
        await isThatOfCompare(page);
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'a lever is pulled on another day and an assumption is another one: found with its source, told when it is wrong, and answered as by homeward compare'() {
        const levers = join(folder, 'levers');
        mkdirSync(levers, {recursive: true});
        writeFileSync(join(levers, 'quality.yaml'), 'name: Quality\nsource: a test\nlevers: {external_qc: {on: 2023-01-01}}\n');
        const own = await startDesk('0', scenario, process.env, ['--levers', levers]);
        const {page, troubles, context} = await openDesk(own.address);
        await page.locator('[data-lever=quality]').click();
        assert.equal(await page.locator('[data-lever-day=quality]').inputValue(), '2023-01-01');
        await page.locator('[data-lever-day=quality]').fill('2024-06-01');
        await page.locator('#assumptions').click();
        await page.locator('#find-assumption').fill('technical survey margin');
        const found = page.locator('.assumptions li', {has: page.locator('[data-assume="methods.technical_survey.margin"]')});
        assert.match(await found.textContent(), /p10: 25 %.*fade-out.*assumed/);
        await page.locator('[data-assume="methods.technical_survey.margin"]').click();
        const value = page.locator('[data-assumption="methods.technical_survey.margin"]');
        assert.equal(await value.inputValue(), '70 %');
        await value.fill('70 parrots');
        await value.press('Enter');
        await page.locator('[role=alert]:visible', {hasText: 'parrots'}).waitFor();
        await page.locator('.card button', {hasText: 'P90'}).click();
        await answered(page);
        const file = await fileOf(page);
        assert.match(file, /levers:\n {2}external_qc:\n {4}on: 2024-06-01\n/);
        assert.match(file, /methods:\n {2}technical_survey:\n {4}margin: 180 %\n/);
        await page.reload();
        await page.waitForFunction(() => document.documentElement.dataset.ready);
        await answered(page);
        assert.equal(await fileOf(page), file);
        await isThatOfCompare(page);
        assert.deepEqual(troubles, []);
        await context.close();
        own.process.kill('SIGTERM');
        await own.ended;
    },
    async 'a base of districts alone is asked of districts: each sentence names one, and its curve ends where the command line says'() {
        const land = join(source, 'scenarios/croatia/croatia.yaml'), own = await startDesk('0', land);
        const {page, troubles, context} = await openDesk(own.address);
        await answered(page);
        const result = join(folder, 'land.h5');
        execFileSync(program, ['run', land, '-n', String(worlds), '-q', '--no-page', '-o', result]);
        const {rows} = JSON.parse(execFileSync(program, ['summary', result, '--json'], {encoding: 'utf8', maxBuffer: 1e8})).tables.district_completion;
        for (const {district, censored} of [rows[0], rows[rows.length - 1]]) {
            await page.locator('#place').fill(district);
            await page.locator('#place').press('Enter');
            await answered(page);
            for (const sentence of await page.locator('.sentences p').allTextContents()) assert.ok(sentence.includes(district), sentence);
            assert.match(await page.locator('#curve-title').textContent(), new RegExp(district));
            const curve = (await saved(page, '[data-csv="release-by-month"]')).bytes.toString().trim().split('\n');
            assert.ok(Math.abs(Number(curve.at(-1).split(',')[1]) - (100 - censored)) < 0.06, `${curve.at(-1)} of ${district}, ${censored} % censored`);
        }
        await page.locator('button[data-pane=decide]').click();
        assert.ok((await page.locator('#decisions select').first().locator('option').count()) > 3);
        assert.deepEqual(troubles, []);
        await context.close();
        own.process.kill('SIGTERM');
        await own.ended;
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
    async 'who types the name of a place, or holds the date, keeps it in hand while answers come'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await answered(page);
        const change = percent => page.evaluate(value => { // as if another hand slid it
            const slider = document.querySelector('[data-money="0"]');
            slider.value = value;
            slider.dispatchEvent(new Event('input', {bubbles: true}));
        }, percent);
        await page.locator('#add-money').click();
        await answered(page);
        await page.locator('#place').focus();
        await page.locator('#place').press('Control+a');
        await page.locator('#place').pressSequentially('Agh');
        await change('40');
        await answered(page);
        assert.equal(await page.locator('#place').inputValue(), 'Agh');
        assert.equal(await page.evaluate(() => document.activeElement?.id), 'place');
        await page.locator('#place').press('Enter');
        await answered(page);
        assert.equal(await page.locator('#place').inputValue(), 'Aghali');
        await page.locator('#by').focus();
        const dial = await page.locator('#by').elementHandle();
        await change('45');
        await answered(page);
        assert.ok(await dial?.evaluate(held => held.isConnected && held === document.activeElement));
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'a button that is half pressed neither moves nor goes away, whatever comes'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await page.locator('#add-money').click();
        await answered(page);
        const button = page.locator('[data-csv="compare-place_release"]').first();
        await button.scrollIntoViewIfNeeded();
        await page.waitForTimeout(1000);
        const {x, y, width, height} = await button.boundingBox();
        await page.mouse.move(x + width / 2, y + height / 2);
        await page.mouse.down();
        await page.evaluate(() => {
            const field = document.querySelector('[data-money="0"]');
            field.value = '40';
            field.dispatchEvent(new Event('input'));
        });
        await page.waitForFunction(() => document.querySelector('.stale')?.hidden === false);
        await page.waitForFunction(() => document.querySelector('.progress progress').value === 1);
        await page.waitForTimeout(500);
        const moved = Math.abs((await button.boundingBox()).y - y);
        assert.ok(moved < 2, `the button moved by ${moved} px`);
        const [download] = await Promise.all([page.waitForEvent('download'), page.mouse.up()]);
        assert.equal(download.suggestedFilename(), 'compare-place_release.csv');
        await answered(page);
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'an answer counts as whole only when each part of it tells the place that was chosen'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await answered(page);
        const {x, y, width, height} = await page.locator('#add-pledge').boundingBox();
        await page.mouse.move(x + width / 2, y + height / 2);
        await page.mouse.down(); // what could move it waits
        const [chosen, whole] = await page.evaluate(() => {
            const place = document.querySelector('#place'), others = [...document.querySelectorAll('#places option')].map(option => option.value);
            place.value = others.find(other => other !== place.value);
            place.dispatchEvent(new Event('change'));
            return [place.value, document.documentElement.dataset.worlds];
        });
        const title = () => page.locator('#curve-title').textContent();
        await page.waitForTimeout(300);
        assert.ok(!(await title()).includes(chosen) && whole === undefined, `${await title()} beside ${chosen}, told whole with ${whole} worlds`);
        await page.mouse.move(x + width / 2, y + 2 * height + 400);
        await page.mouse.up();
        await answered(page);
        assert.ok((await title()).includes(chosen));
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
    async 'in each language the desk says none of its own words in English, and a question has the same numbers'() {
        const english = await openDesk(desk.address), numbers = await moreMoney(english.page);
        assert.ok(numbers.length > 2);
        await english.context.close();
        for (const language of ['az', 'ru', 'uk']) {
            const {page, troubles, context} = await openDesk(`${desk.address}#${encodeURIComponent(JSON.stringify({language}))}`);
            assert.equal(await page.evaluate(() => document.documentElement.lang), language);
            assert.deepEqual(await moreMoney(page), numbers, language);
            await page.locator('#add-pledge').click();
            await page.locator('#add-teams').click();
            await answered(page);
            assert.ok(await page.locator('#language-note').isVisible());
            assert.deepEqual(await englishLeft(page, language), [], `${language}: what happens`);
            await page.locator('[data-pane=brief]').click();
            assert.deepEqual(await englishLeft(page, language), [], `${language}: on one page`);
            await page.locator('[data-pane=decide]').click();
            for (const kind of await page.locator('#decisions select').first().locator('option').evaluateAll(all => all.map(one => one.value))) {
                await page.locator('#decisions select').first().selectOption(kind);
                await page.waitForTimeout(100);
                assert.deepEqual(await englishLeft(page, language), [], `${language}: ${kind}`);
            }
            if (pictures) await page.screenshot({path: join(pictures, `desk-${language}.png`), fullPage: true});
            assert.deepEqual(troubles, []);
            await context.close();
        }
    },
    async 'a page of homeward report carries none of the words of the desk, in no language'() {
        const result = join(folder, 'few.h5'), written = join(folder, 'few.html');
        execFileSync(program, ['run', scenario, '-n', '4', '-q', '--no-page', '-o', result]);
        execFileSync(program, ['report', result, '-o', written]);
        const html = readFileSync(written, 'utf8'), carried = [...html.matchAll(/<script type="application\/json" data-language="(\w\w)"[^>]*>([^<]*)<\/script>/g)];
        assert.deepEqual(carried.map(([, language]) => language).sort(), ['az', 'en', 'ru', 'uk']);
        for (const [, language, text] of carried) {
            const carries = JSON.parse(text), words = typeof carries === 'string' ? JSON.parse(gunzipSync(Buffer.from(carries, 'base64')).toString()) : carries;
            assert.ok(words.answer.length > 0 && words.desk === undefined, language);
            assert.ok(!JSON.stringify(words).includes(wordsIn(language).get(' lead')), language);
        }
        assert.ok(!html.includes(wordsIn('en').get(' lead')));
    },
    async 'a language is chosen at the desk and kept in the address with the question, or said when it is started'() {
        const {page, context} = await openDesk(desk.address);
        await page.locator('#add-pledge').click();
        const text = await fileOf(page);
        await page.locator('button[data-language=uk]').click();
        await page.waitForFunction(() => document.documentElement.lang === 'uk' && document.documentElement.dataset.ready);
        assert.equal(await fileOf(page), text);
        const {hash} = new URL(page.url());
        const other = await openDesk(desk.address + hash);
        assert.equal(await other.page.evaluate(() => document.documentElement.lang), 'uk');
        assert.equal(await fileOf(other.page), text);
        await other.context.close();
        await context.close();
        const said = await startDesk('0', scenario, process.env, ['--language', 'az']), opened = await openDesk(said.address);
        assert.equal(await opened.page.evaluate(() => document.documentElement.lang), 'az');
        await opened.context.close();
        const refused = spawnSync(program, ['desk', scenario, '--language', 'xx'], {encoding: 'utf8'});
        assert.equal(refused.status, 2);
        assert.match(refused.stderr, /en, az, ru, uk/);
    },
    async 'processes stay from question to question; when one is killed amid its worlds the answer is the same'() {
        const own = await startDesk(), childrenOf = process => readFileSync(`/proc/${process}/task/${process}/children`, 'utf8').trim().split(' ').map(Number);
        const [engine] = childrenOf(own.process.pid);
        const {page, context} = await openDesk(own.address);
        await answered(page);
        const before = childrenOf(engine);
        await moreMoney(page);
        assert.deepEqual(childrenOf(engine), before);
        await page.locator('[data-money="0"]').fill('60');
        process.kill(before[0], 'SIGKILL');
        await answered(page);
        await isThatOfCompare(page);
        assert.notDeepEqual(childrenOf(engine), before);
        own.process.kill('SIGTERM');
        await own.ended;
        await context.close();
    },
    async 'it ends at a signal, with its processes'() {
        const one = await startDesk();
        one.process.kill('SIGINT');
        assert.equal(await one.ended, 0);
    },
    async 'it ends at once, however much is asked: what nobody waits for is not worked off'() {
        const one = await startDesk();
        for (let number = 1; number <= 300; number++) await fetch(`${one.address}questions?tab=1&number=${number}`, {method: 'POST', body: JSON.stringify({levers: [], yaml: `planning: {crowding: ${3 + number / 100}}\n`})});
        const began = Date.now();
        one.process.kill('SIGTERM');
        assert.equal(await one.ended, 0);
        assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
    },
};

await holdAll(laws);
