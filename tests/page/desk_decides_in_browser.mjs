// The desk in Chromium: what to do, what is drawn and cured on the left, both maps, and the page of paper.
// Arguments: the program, the source folder, the folder with the packages of these tests; a folder for pictures, or nothing.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {saved} from './browser.mjs';
import {answered, fileOf, folder, holdAll, openDesk, pictures, program, scenario, seriousOf, startDesk} from './desk.mjs';

const desk = await startDesk();

/** The pane of what to do, with a kind of question. */
async function toDecide(page, kind) {
    await page.locator('[data-pane=decide]').click();
    await page.locator('#decisions select').first().selectOption(kind);
}

/** Fills a field in and leaves it, so that it is taken. */
async function fillIn(page, field, value) {
    await page.locator(field).fill(value);
    await page.locator(field).press('Tab');
}
const worldsField = '#decisions .fields > :last-child input';

/** Waits for the answer to what to do. */
const decided = (page, kind) => page.waitForFunction(wanted => document.documentElement.dataset.decided === wanted, kind, {timeout: 240000});

/** The rows of a table saved as CSV, as objects. */
function rowsOf(csv) {
    const [head, ...lines] = csv.toString().trim().split('\n').map(line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(found => found[1]?.replaceAll('""', '"') ?? found[2]));
    const names = head.map(title => title.replace(/ \[.*/, ''));
    return lines.map(line => Object.fromEntries(line.map((cell, i) => [names[i], cell])));
}

/** Whether a table that was saved has the numbers of a column of the program's own. */
function assertSame(saved, table, column) {
    assert.equal(saved.length, table.rows.length);
    table.rows.forEach((row, i) => assert.equal(Number(saved[i][column]), row[column], `${column} differs from the command line`));
}

/** Whether sentences and tables at the desk are those of the command line, in every number and word. */
async function assertWhole(page, again, names) {
    assert.deepEqual(await page.locator('.decided .sentences p, .decided ul.findings li').allTextContents(), again.tables.findings.rows.map(row => row.finding));
    for (const name of names) {
        const rows = rowsOf((await saved(page, `.decided [data-csv=${name}]`)).bytes), {rows: wanted} = again.tables[name];
        assert.ok(wanted.length > 0, name);
        assert.deepEqual(rows.map(row => Object.values(row)), wanted.map(row => Object.values(row).map(cell => cell === null ? '' : String(cell))), name);
    }
}

const shot = (page, name) => pictures ? page.screenshot({path: join(pictures, `${name}.png`), fullPage: true}) : null;

/** A command of an answer, run in a folder that holds its file: its tables. */
function runAgain(name, command, file) {
    const place = join(folder, name);
    mkdirSync(place, {recursive: true});
    writeFileSync(join(place, 'question.yaml'), file.toString().replace(/include: \[quick\.yaml/, `include: [${scenario}`));
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(found => found[1] ?? found[2]);
    assert.equal(words[0], 'homeward');
    return JSON.parse(execFileSync(program, [...words.slice(1), '--json', '-q', '--keep', join(place, 'runs')], {cwd: place, encoding: 'utf8', maxBuffer: 1e8}));
}

const commandOf = page => page.locator('.decided dl.again dd').first().textContent();

const laws = {
    async 'a donor sees the receipt of a pledge and what its strings cost, in the numbers of homeward pledge'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await answered(page);
        await page.locator('[data-pane=decide]').click();
        await page.locator('#decide-pledge').click();
        await page.locator('fieldset:has(#add-pledge) select').nth(1).selectOption('performance');
        await fillIn(page, worldsField, '100');
        await page.locator('#decide').click();
        await decided(page, 'pledge');
        const command = await commandOf(page);
        assert.match(command, /^homeward pledge question\.yaml/);
        const again = runAgain('pledge', command, (await saved(page, '#decided-file')).bytes);
        assertSame(rowsOf((await saved(page, '[data-csv=by_year]')).bytes), again.tables.by_year, 'added');
        assert.ok(await page.locator('.decided .cards li', {hasText: 'condition'}).count() > 0, 'no price of a string');
        await shot(page, 'decide-pledge');
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'the price of a date: progress is told, it can be cancelled, and asked again'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await answered(page);
        await toDecide(page, 'target');
        await fillIn(page, '#decisions input[type=date]', '2022-12-31');
        await page.locator('#decisions select').nth(1).selectOption('Aghali');
        await fillIn(page, '#confidence', '60');
        await fillIn(page, worldsField, '5000');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /replications|Done/.test(document.querySelector('#decisions .progress')?.textContent ?? ''), undefined, {timeout: 60000});
        await page.locator('#cancel').click();
        assert.ok(await page.locator('#decisions .progress').isHidden());
        await fillIn(page, worldsField, '60');
        await page.locator('#decide').click();
        await decided(page, 'target');
        const again = runAgain('target', await commandOf(page), (await saved(page, '#decided-file')).bytes);
        assertSame(rowsOf((await saved(page, '[data-csv=curve]')).bytes), again.tables.curve, 'met');
        await shot(page, 'decide-target');
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'a question of what to do outlives the reload of its page'() {
        const {page, context} = await openDesk(desk.address);
        await answered(page);
        await toDecide(page, 'discover');
        await fillIn(page, worldsField, '200');
        await page.locator('#decide').click();
        await page.reload();
        await decided(page, 'discover');
        assert.ok(await page.locator('.decided .sentences p').first().textContent());
        await shot(page, 'decide-discover');
        await context.close();
    },
    async 'a desk that ends takes what it works on and its folder with it'() {
        const temporary = join(folder, 'temporary');
        mkdirSync(temporary);
        const own = await startDesk('0', scenario, {...process.env, TMPDIR: temporary}), {page, context} = await openDesk(own.address);
        await answered(page);
        await toDecide(page, 'discover');
        await fillIn(page, worldsField, '100000');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /replications/.test(document.querySelector('#decisions .progress')?.textContent ?? ''), undefined, {timeout: 60000});
        assert.ok(readdirSync(temporary).some(name => name.startsWith('homeward-desk-')));
        own.process.kill('SIGINT');
        assert.equal(await own.ended, 0);
        assert.deepEqual(readdirSync(temporary).filter(name => name.startsWith('homeward-desk-')), []);
        await context.close();
    },
    async 'levers are held against each other, and what is worth knowing before is told'() {
        const levers = join(folder, 'levers');
        mkdirSync(levers);
        writeFileSync(join(levers, 'worst-first.yaml'), 'name: Worst first\nsource: a test\nplanning: {rule: worst_first}\n');
        writeFileSync(join(levers, 'nearest.yaml'), 'name: Nearest first\nsource: a test\nplanning: {rule: nearest_release}\n');
        const own = await startDesk('0', scenario, process.env, ['--levers', levers]), {page, troubles, context} = await openDesk(own.address);
        await answered(page);
        await toDecide(page, 'rank');
        await fillIn(page, worldsField, '40');
        await page.locator('#decide').click();
        await decided(page, 'rank');
        const ranked = rowsOf((await saved(page, '[data-csv=ranking]')).bytes).map(row => row.scenario);
        assert.deepEqual(ranked.sort(), ['nearest', 'question', 'worst-first']);
        await shot(page, 'decide-rank');
        await toDecide(page, 'worth');
        await fillIn(page, worldsField, '60');
        await page.locator('#decide').click();
        await decided(page, 'worth');
        assert.match(await commandOf(page), /^homeward worth question\.yaml \S*nearest\.yaml \S*worst-first\.yaml/);
        await page.locator('[data-against=nearest]').uncheck();
        await page.locator('[data-against=worst-first]').uncheck();
        await page.locator('#decide').click();
        await page.waitForFunction(() => /choose one or more/.test(document.querySelector('#decisions .warning')?.textContent ?? ''), undefined, {timeout: 60000});
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'money is shared as homeward allocate shares it, to the last digit, and levers with a price are chosen as it chooses'() {
        const levers = join(folder, 'priced');
        mkdirSync(levers);
        writeFileSync(join(levers, 'worst-first.yaml'), 'name: Worst first\nsource: a test\nplanning: {rule: worst_first}\n');
        const own = await startDesk('0', scenario, process.env, ['--levers', levers]), {page, troubles, context} = await openDesk(own.address);
        await answered(page);
        await toDecide(page, 'allocate');
        await fillIn(page, '#decisions input[type=number] >> nth=0', '3');
        await fillIn(page, '#decisions input[type=date]', '2023-12-31');
        await fillIn(page, worldsField, '5000');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /replications|Done/.test(document.querySelector('#decisions .progress')?.textContent ?? ''), undefined, {timeout: 60000});
        await page.locator('#cancel').click();
        await fillIn(page, worldsField, '10');
        await page.locator('#decide').click();
        await page.reload();
        await decided(page, 'allocate');
        const command = await commandOf(page);
        assert.match(command, /^homeward allocate question\.yaml --budget '3 MUSD\/year' --choose districts /);
        await assertWhole(page, runAgain('allocate', command, (await saved(page, '#decided-file')).bytes), ['shares', 'proof']);
        await shot(page, 'decide-allocate');
        await page.locator('#decisions select').nth(1).selectOption('levers');
        await fillIn(page, '#decisions input[type=number] >> nth=0', '2');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /--choose levers/.test(document.querySelector('.decided dl.again')?.textContent ?? ''), undefined, {timeout: 240000});
        const chosen = runAgain('sets', await commandOf(page), (await saved(page, '#decided-file')).bytes);
        await assertWhole(page, chosen, []);
        assert.match(JSON.stringify(chosen.tables), /worst-first/);
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'a rule with signposts is held against fixed plans as homeward adapt holds it, to the last digit'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await answered(page);
        await toDecide(page, 'adapt');
        await page.locator('#add-rule').click();
        await page.locator('[data-rule="1"] select').nth(1).selectOption('pull');
        await page.locator('[data-rule="1"] select').nth(2).selectOption('technical_advice');
        await fillIn(page, '[data-rule="0"] input[type=number] >> nth=0', '15');
        await fillIn(page, '#decisions input[type=date] >> nth=0', '2024-12-31');
        await fillIn(page, worldsField, '10');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /fewer than 20 worlds/.test(document.querySelector('#decisions .warning')?.textContent ?? ''), undefined, {timeout: 60000});
        await fillIn(page, worldsField, '5000');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /replications|Done/.test(document.querySelector('#decisions .progress')?.textContent ?? ''), undefined, {timeout: 60000});
        await page.locator('#cancel').click();
        await fillIn(page, worldsField, '40');
        await page.locator('#decide').click();
        await page.reload();
        await decided(page, 'adapt');
        const file = (await saved(page, '#decided-file')).bytes, command = await commandOf(page);
        assert.match(file.toString(), /Rule 1: \{on: 2022-06-30, released_share_below: 15 %, stream: .*times: 1\.5\}\n.*pull: technical_advice/);
        assert.match(command, /^homeward adapt question\.yaml/);
        await assertWhole(page, runAgain('adapt', command, file), ['worth', 'plans']);
        assert.equal(await page.locator('.decided .stale').count(), 0);
        await page.locator('#by-hand').click(); // rules of one's own are taken as they stand
        await page.locator('#file').fill('signposts:\n  Own: {on: 2021-12-31, released_above: 1e6 km2, rule: worst_first}\n');
        await page.locator('#download').focus();
        await page.waitForFunction(() => !document.querySelector('#decisions [data-rule]'));
        await page.locator('#decide').click();
        await page.waitForFunction(() => /Own/.test(document.querySelector('.decided .findings')?.textContent ?? ''), undefined, {timeout: 60000});
        await shot(page, 'decide-adapt');
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'the wrong question is told why, and what changed since says so'() {
        const {page, context} = await openDesk(desk.address);
        await answered(page);
        await toDecide(page, 'discover');
        await fillIn(page, worldsField, '10');
        await page.locator('#decide').click();
        await page.waitForFunction(() => /fewer than/.test(document.querySelector('#decisions .warning')?.textContent ?? ''), undefined, {timeout: 60000});
        await fillIn(page, worldsField, '100');
        await page.locator('#decide').click();
        await decided(page, 'discover');
        assert.equal(await page.locator('.decided .stale').count(), 0);
        await page.locator('#add-money').click();
        assert.equal(await page.locator('.decided .stale').count(), 1);
        await context.close();
    },
    async 'a budget is drawn by pointer and by keys'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await page.locator('#add-money').click();
        const line = page.locator('.line').first(), box = await line.boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width / 2, box.y + 10, {steps: 4});
        await page.mouse.up();
        assert.match(await fileOf(page), /factor: \{\d+: [\d.]+, \d+: 3\.00\}/, 'no line that was dragged');
        await page.locator('#reset').click();
        await page.locator('#add-money').click();
        await page.locator('[data-money="0"]').fill('0');
        await page.locator('.line').first().focus();
        for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp');
        const year = /(\d{4}): \+20/.exec(await page.locator('.line').first().getAttribute('aria-valuetext'))?.[1];
        assert.ok(year, await page.locator('.line').first().getAttribute('aria-valuetext'));
        assert.match(await fileOf(page), new RegExp(`factor: \\{${year}: 1\\.20\\}`));
        await page.keyboard.press('ArrowRight');
        await page.locator('.budget input[type=checkbox]').check();
        await page.locator('.line').first().focus();
        await page.keyboard.press('PageDown');
        assert.match(await fileOf(page), new RegExp(`factor: \\{${year}: 1\\.20, ${Number(year) + 1}: 1\\.00(, ${Number(year) + 2}: 1\\.20)?\\}`));
        await answered(page);
        await shot(page, 'line');
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'what is odd has a cure, and a name changes no number'() {
        const {page, context} = await openDesk(desk.address);
        await page.locator('#add-teams').click();
        assert.equal(await page.locator('.odd li').count(), 1);
        await page.locator('[data-cure]').click();
        assert.equal(await page.locator('.odd').count(), 0);
        assert.match(await fileOf(page), /factor: \{\d+: 1\.20\}/);
        await answered(page);
        const findings = await page.locator('.findings').first().textContent();
        await page.locator('#name').fill("The Minister's plan");
        await page.locator('#note').fill('For the council');
        await page.locator('#note').blur();
        await answered(page);
        assert.match(await fileOf(page), /name: 'The Minister''s plan'\nquestion: 'For the council'/);
        assert.equal(await page.locator('.findings').first().textContent(), findings);
        assert.match(await page.locator('#curve .legend').textContent(), /The Minister's plan/);
        await context.close();
    },
    async 'both maps follow the month, and the answer shows base and question beside each other'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await page.locator('#add-money').click();
        await answered(page);
        assert.equal(await page.locator('.maps figure').count(), 2);
        const before = await page.locator('#map-1').textContent();
        await page.locator('#map-by').focus();
        for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowLeft');
        assert.notEqual(await page.locator('#map-1').textContent(), before);
        for (const id of ['delay-both', 'spent-both', 'unspent-both', 'victims-both']) assert.equal(await page.locator(`#${id} .legend li`).count(), 2, `${id} does not show both`);
        await page.locator('#more summary').click();
        await page.waitForSelector('#more figure');
        await shot(page, 'answer');
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'the answer fits on one page of paper, with seed, digest and command; its table and its picture can be saved'() {
        const {page, troubles, context} = await openDesk(desk.address);
        await page.locator('#add-money').click();
        await page.locator('#add-pledge').click();
        await page.locator('#name').fill('More money, one gift');
        await page.locator('#name').blur();
        await answered(page);
        await page.locator('[data-pane=brief]').click();
        const paper = await page.locator('#paper').textContent();
        for (const wanted of [/More money, one gift/, /homeward compare/, /--seed 1/, /[0-9a-f]{64}/, /include: \[quick\.yaml\]/]) assert.match(paper, wanted);
        const pdf = await page.pdf({preferCSSPageSize: true});
        if (pictures) writeFileSync(join(pictures, 'brief.pdf'), pdf);
        assert.equal([...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length, 1, 'more than one page');
        const {name, bytes} = await saved(page, '#table-csv');
        assert.equal(name, 'question.csv');
        assert.match(bytes.toString().split('\n')[0], /^what,of,units,base/);
        assert.ok(rowsOf(bytes).length > 10);
        const picture = await saved(page, '#brief-curve [aria-label*=SVG]');
        assert.match(picture.bytes.toString(), /<svg/);
        const png = await saved(page, '#brief-curve [aria-label*=PNG]');
        assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
        await shot(page, 'brief');
        assert.deepEqual(troubles, []);
        await context.close();
    },
    async 'every pane is sound for who does not see, wide and narrow, and reached by keys'() {
        for (const width of [1440, 390]) {
            const {page, context} = await openDesk(desk.address, {viewport: {width, height: 900}});
            await page.locator('#add-money').click();
            await page.locator('#add-teams').click();
            await answered(page);
            for (const pane of ['answer', 'decide', 'brief']) {
                await page.locator(`[data-pane=${pane}]`).focus();
                await page.keyboard.press('Enter');
                assert.deepEqual(await seriousOf(page), [], `${pane} at ${width}`);
                await shot(page, `pane-${pane}-${width}`);
            }
            await context.close();
        }
    },
};

await holdAll(laws);
