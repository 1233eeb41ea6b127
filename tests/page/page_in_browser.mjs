// The page, opened from disk in Chromium: what it shows, what it never does, and that its numbers are the summary's.
// Arguments: the program, the source folder, the folder with the packages of these tests.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openBrowser, saved, seriousOf} from './browser.mjs';

const [program, source, tools] = process.argv.slice(2);
/** .ci/nightly looks at each page in each language and light, .ci/run once at each page, each language, each width and each light. */
const thorough = process.env.HW_PAGES === 'all';
const folder = mkdtempSync(join(tmpdir(), 'homeward-page-'));
const homeward = (...words) => execFileSync(program, words, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e8});

// Names that would do harm if they became markup; they come from a scenario that somebody else wrote.
const hostile = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)> & Ağdam's";

function prepare() {
    homeward('run', join(source, 'scenarios/great-return-from-2020.yaml'), '-n', '40', '-o', 'baseline.h5', '-q');
    const name = JSON.stringify(hostile), district = JSON.stringify('<b>Nowhere</b>');
    const quick = readFileSync(join(source, 'scenarios/quick.yaml'), 'utf8').replace(/^name:.*$/m, `name: ${name}`)
        .replaceAll(/^  Aghali:$/gm, `  ${name}:`).replaceAll('{value: Aghali,', `{value: ${name},`)
        .replaceAll(/^  Zangilan:$/gm, `  ${district}:`).replaceAll(/district: Zangilan$/gm, `district: ${district}`);
    assert.ok(quick.split(name).length > 3 && quick.split(district).length > 5, 'quick.yaml has other names for its places now');
    writeFileSync(join(folder, 'hostile.yaml'), quick);
    symlinkSync(join(source, 'scenarios/layers'), join(folder, 'layers'));
    homeward('run', 'hostile.yaml', '-n', '20', '-o', 'hostile.h5', '-q');
    homeward('report', 'baseline.h5', 'hostile.h5', '-o', 'both.html', '--by', '2027-06-30');
    homeward('run', join(source, 'scenarios/quick.yaml'), '-n', '30', '-o', 'quick.h5', '-q', '--no-page');
    homeward('run', join(source, 'scenarios/quick.yaml'), '--set', 'planning.rule=worst_first', '-n', '30', '-o', 'worst.h5', '-q', '--no-page');
    homeward('compare', 'quick.h5', 'worst.h5', '--page', 'quick-compared.html');
    writeFileSync(file('facts.yaml'), facts);
    homeward('hindcast', 'quick.h5', '--observations', 'facts.yaml', '--origin', '2021-12-31', '--origin', '2022-12-31', '-o', 'scores.h5');
    homeward('report', 'quick.h5', '--scores', 'scores.h5', '-o', 'scored.html');
    const square = (name, east) => ({type: 'Feature', properties: {name}, geometry: {type: 'Polygon', coordinates: [[[east, 39], [east + 1, 39], [east + 1, 40], [east, 40], [east, 39]]]}});
    const outlines = (name, ...features) => writeFileSync(file(name), JSON.stringify({type: 'FeatureCollection', features}));
    outlines('own.geojson', square('Ağdam rayonu', 46), square('Shusha', 47), square('Somewhere', 48));
    outlines('elsewhere.geojson', square('Nowhere', 1));
    outlines('points.geojson', {type: 'Feature', properties: {name: 'Agdam'}, geometry: {type: 'Point', coordinates: [46, 39]}});
    homeward('report', 'baseline.h5', '--map', 'own.geojson', '--place', 'Şuşa city', '-o', 'own.html');
    writeFileSync(file('unsure.yaml'), `include: [${join(source, 'scenarios/quick.yaml')}]\nname: ${name}\nstreams: {State mine action budget: {exchange: {distribution: uniform, low: 0.1, high: 1.9, source: test}}}\n`);
    writeFileSync(file('rule.yaml'), `name: ${name}\nsignposts: {${name}: {on: 2021-12-31, released_share_below: 15 %, pull: technical_advice}}\n`);
    for (const [question, words] of Object.entries(questions)) homeward(question, ...words, '-q', '-o', `${question}.h5`, '--csv', question, '--keep', 'kept');
    homeward('report', 'quick.h5', ...Object.keys(questions).flatMap(question => ['--answers', `${question}.h5`]), '-o', 'answered.html');
    homeward('run', join(source, 'scenarios/croatia/croatia.yaml'), '-n', '20', '-o', 'land.h5', '-q');
    homeward('run', join(source, 'scenarios/croatia/croatia.yaml'), '--set', 'contracts.Tenders.capacity=90 km2/year', '-n', '20', '-o', 'more.h5', '-q', '--no-page');
    homeward('report', 'land.h5', 'more.h5', '-o', 'land-compared.html');
    for (const [name, design] of Object.entries(designs)) sweep(name, 'quick.yaml', design);
    for (const name of Object.keys(designs)) homeward('report', 'quick.h5', `${name}/sweep.h5`, '-o', `${name}.html`);
}

// Questions of what to do, and the table that the chart of each is drawn from.
const quick = join(source, 'scenarios/quick.yaml');
const questions = {
    pledge: [quick, '-n', '40', '--amount', '2 MUSD', '--years', '2023-2025', '--only-operator', 'ANAMA'],
    target: [quick, '-n', '40', '--by', 'p(Aghali by 2022-12-31) >= 60 %', '--money', 'State mine action budget'],
    rank: [quick, 'unsure.yaml', '--for', 'land by 2024-12-31', '--indifference', '0.2', '--most', '100'],
    worth: [quick, 'unsure.yaml', '--for', 'land by 2024-12-31', '-n', '60', '--of', 'streams'],
    discover: ['unsure.yaml', '--bad', 'land by 2023-12-31 < 25', '-n', '400'],
    adapt: [quick, 'rule.yaml', '--for', 'land by 2024-12-31', '-n', '40'],
};
/** On the results that were kept: what they tell is worked out anew. @param {string} question */
const askAgain = question => JSON.parse(homeward(question, ...questions[question], '-q', '--json', '--keep', 'kept'));
const answered = {};
const drawnFrom = {pledge: 'by_year', target: 'curve', rank: 'ranking', worth: 'worth', discover: 'box', adapt: 'worth'};

// Facts of all kinds of axes, inside of their intervals and far outside, with a plan.
const facts = `source: a test
observations:
  land 2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 1500 ha, error: 150 ha, known_by: 2022-12-31}
  land 2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 14000 ha}
  land 2021: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 1100 ha, error: 90 ha}
  land <b>half</b>: {quantity: land_released, from: 2022-01-01, to: 2022-06-30, value: 700 ha}
  families: {quantity: first_families, place: Aghali, value: 2022-07-01, error: 30 days, known_by: 2022-12-31}
  district 2023: {quantity: land_released, district: Zangilan, from: 2023-01-01, to: 2023-12-31, value: 1300 ha, known_by: 2024-02-01}
  plan 2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 1520 ha, plan: yes, known_by: 2021-12-15}
`;

// One for each kind of ranking, and the table that `homeward sensitivity` makes of it.
const designs = {sobol: 'sobol: {rows: 16}', morris: 'morris: {trajectories: 12}', spread: 'latin_hypercube: {points: 30}'};
const rankings = {sobol: ['sobol_indices', 'total'], morris: ['morris_measures', 'mu_star'], spread: ['correlations', 'rank_correlation']};

/** Sweeps a scenario of the source folder: a known one, its survey and its rule. */
function sweep(name, scenario, design, more = '', outputs = '') {
    writeFileSync(file(`${name}.yaml`), `name: Zangilan, what matters
scenario: ${join(source, 'scenarios', scenario)}
design: {${design}}
replications: 8
keep: outcomes
factors:
  undiscovered: {path: districts.Zangilan.undiscovered}
  survey_rate: {path: methods.non_technical_survey.rate}
  rule: {path: planning.rule, levels: [nearest_release, worst_first]}
${more}outputs:
  victims: {at: [last, sum]}
  release: {of: place_release_day}
${outputs}`);
    homeward('sweep', `${name}.yaml`, '-q', '-o', name);
}

const file = name => join(folder, name);
const {browser, axe, open, measure} = await (prepare(), openBrowser(tools));
let failed = 0;

/** Each law opens the pages that it needs. */
const laws = {
    async 'run writes the page beside the result file, and --no-page leaves it out'() {
        assert.ok(readdirSync(folder).includes('baseline.html'));
        const told = homeward('run', join(source, 'scenarios/quick.yaml'), '-n', '2', '-o', 'told.h5');
        assert.match(told, /^Page to look at: told\.html$/m);
        homeward('run', join(source, 'scenarios/quick.yaml'), '-n', '2', '-o', 'alone.h5', '--no-page');
        assert.ok(!readdirSync(folder).includes('alone.html'));
    },

    async 'it is ready within two seconds of work, at a desk and on a phone'() {
        for (const width of [1440, 390]) {
            // Seconds of the thread that draws the page, which other work on this machine does not lengthen.
            const {ready, work} = await measure(file('baseline.html'), width);
            console.log(`        ready after ${ready} ms and ${work.toFixed(2)} s of work, ${width} wide`);
            assert.ok(work > 0.05 && work < 2, `${work} s`);
        }
    },

    async 'a chart is drawn when it is seen or reached by a key, and all are for print'() {
        const {page, context} = await open(file('baseline.html'), {sees: false, height: 700});
        const drawn = () => page.locator('.drawing:has(svg)').count(), all = await page.locator('.drawing').count();
        assert.ok(await page.locator('#map svg[role=img]').isVisible(), 'the one above the fold');
        assert.ok(await drawn() < all - 3, 'those below wait');
        await page.locator('#casualties .drawing').focus();
        await page.keyboard.press('Home');
        assert.match(await page.locator('#casualties .readout').textContent(), /\d/);
        const before = await drawn();
        assert.ok(before < all, 'some still wait');
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        assert.equal(await drawn(), all);
        await context.close();
    },

    async 'by night and by day, as the system has it or as the reader says; paper and pictures are of the day'() {
        const {page, context} = await open(file('baseline.html'), {colorScheme: 'dark'});
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor), white = 'rgb(255, 255, 255)';
        const dark = await ground();
        assert.notEqual(dark, white);
        await page.click('#theme');
        assert.equal(await ground(), white);
        assert.equal(await page.locator('#theme').getAttribute('aria-pressed'), 'false');
        await page.click('#theme');
        assert.equal(await ground(), dark);
        const svg = (await saved(page, '#people button[aria-label^="SVG"]')).bytes.toString();
        assert.ok(!svg.includes('var(') && svg.includes('#ffffff'), 'a picture has its own colours');
        await page.emulateMedia({media: 'print'});
        assert.equal(await ground(), white);
        await context.close();
    },

    async 'what was chosen stands in the address, and a page loaded again shows the same'() {
        const {page, context} = await open(file('quick-compared.html'));
        assert.equal(new URL(page.url()).hash, '');
        await page.click('[data-language=uk]');
        await page.locator('#slider').focus();
        await page.keyboard.press('Home');
        await page.locator('#place').fill(await page.locator('#places option').last().getAttribute('value'));
        await page.locator('#place').press('Enter');
        const shown = async () => [await page.locator('.date').first().textContent(), await page.locator('#place-section .said-of-place').textContent(), await page.locator('h1').textContent(), await page.locator('html').getAttribute('lang')];
        const before = await shown();
        await page.click('nav a[href="#money"]');
        assert.match(new URL(page.url()).hash, /language=uk.*month=0|month=0.*language=uk/);
        await page.reload();
        await page.waitForFunction(() => document.documentElement.dataset.ready);
        assert.deepEqual(await shown(), before);
        await page.goto('about:blank');
        await context.close();
    },

    async 'a place is found by a part of its name, with its chance, its dates and what holds it back as the summary has them'() {
        const {page, context} = await open(file('baseline.html'));
        await page.locator('#place').fill('fuzuli ci');
        await page.locator('#place').press('Enter');
        assert.equal(await page.locator('#place').inputValue(), 'Fuzuli city');
        const {tables} = JSON.parse(homeward('summary', 'baseline.h5', '--json', '--by', '2030-12-31')), row = tables.place_release.rows.find(one => one.place === 'Fuzuli city');
        const said = await page.locator('#place-section .said-of-place').textContent(), year = String(row.p50).slice(-10, -6);
        assert.ok(said.includes('Fuzuli city') && said.includes(year), said);
        const causes = tables.place_delay.rows.filter(one => one.place === 'Fuzuli city' && one.cause !== 'housing' && one.mean > 0);
        assert.equal(await page.locator('#place-delay svg rect[height="10"]').count(), causes.length);
        await page.locator('#place').fill('no such place');
        await page.locator('#place').press('Enter');
        assert.equal(await page.locator('#place').inputValue(), 'Fuzuli city');
        await context.close();
    },

    async 'no dot moves with the width or the language'() {
        const spots = async page => page.locator('#map .place').evaluateAll(dots => {
            const scale = dots[0].ownerSVGElement.querySelector('.district').getBoundingClientRect(), frame = dots[0].ownerSVGElement.querySelector('g').getBoundingClientRect();
            return dots.map(dot => { const box = dot.getBoundingClientRect(); return [dot.dataset.name, Math.round(200 * (box.x + box.width / 2 - frame.x) / frame.width), Math.round(200 * (box.y + box.height / 2 - frame.y) / frame.height), scale.width > 0]; });
        });
        const wide = await open(file('baseline.html'), {width: 1440}), narrow = await open(file('baseline.html'), {width: 390});
        const first = await spots(wide.page);
        assert.ok(first.length === 42);
        const near = (a, b) => a.forEach(([name, x, y], i) => assert.ok(b[i][0] === name && Math.abs(b[i][1] - x) <= 1 && Math.abs(b[i][2] - y) <= 1, `${name} moved`));
        near(await spots(narrow.page), first);
        await narrow.page.click('[data-language=ru]');
        near(await spots(narrow.page), first);
        await wide.context.close();
        await narrow.context.close();
    },

    async 'outlines of its own are drawn, found by how a name sounds, and the place asked for is shown'() {
        const {page, context} = await open(file('own.html'));
        assert.deepEqual(await page.locator('#map path.district').evaluateAll(paths => paths.map(path => path.dataset.name).sort()), ['Agdam', 'Shusha']);
        assert.equal(await page.locator('#place').inputValue(), 'Shusha city');
        assert.doesNotMatch(await page.locator('#method').textContent(), /Natural Earth/);
        await context.close();
    },

    async 'scenario by outcome is the table of compare, on one scale for all variants'() {
        const {page, context} = await open(file('quick-compared.html'));
        const {tables} = JSON.parse(homeward('compare', 'quick.h5', 'worst.h5', '--json', '-q'));
        const money = tables.money.rows.find(row => row.purpose === 'mine action in all'), cells = await page.locator('#comparison-table tbody td').allTextContents();
        const shown = Math.abs(money.difference).toFixed(1);
        assert.ok(money.mark === '=' ? cells.includes('the same in all worlds') : cells.some(text => text.includes(shown)), `${shown} in ${cells.join(' | ')}`);
        const {rows} = tables.place_release, clear = rows.filter(row => row.mark === '**');
        assert.equal(cells[0], `${clear.filter(row => row.difference < 0).length} / ${clear.filter(row => row.difference > 0).length} of ${rows.length}`);
        await context.close();
    },

    async 'it opens from disk without a console error and without a request'() {
        const {page, troubles, context} = await open(file('baseline.html'));
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        assert.deepEqual(troubles, []);
        assert.ok(statSync(file('baseline.html')).size < 3e6);
        const policy = await page.locator('meta[http-equiv]').getAttribute('content');
        assert.match(policy, /^default-src 'none'; script-src 'sha256-/);
        await context.close();
    },

    async 'it answers in three sentences with the numbers of the summary'() {
        const {page, context} = await open(file('baseline.html'));
        const sentences = await page.locator('.sentences p').allTextContents();
        assert.equal(sentences.length, 3);
        const {tables} = JSON.parse(homeward('summary', 'baseline.h5', '--json'));
        const likely = tables.place_release_by.rows.filter(row => row.by === '2030-12-31' && row.probability > 50).length;
        assert.ok(sentences[0].startsWith(`By 31 December 2030, ${likely} of 42 places`), sentences[0]);
        const people = tables.people_back.rows.find(row => row.year === 2030);
        assert.ok(sentences[2].includes(three(people.p10)) && sentences[2].includes(three(people.p50)) && sentences[2].includes(three(people.p90)), sentences[2]);
        const land = tables.ledgers.rows.find(row => row.year === 2030 && row.ledger === 'remaining');
        assert.ok(sentences[1].includes(`${three(land.p50)} ha`), sentences[1]);
        await context.close();
    },

    async 'the slider changes the answer, the map and the table, and keys move it'() {
        const {page, context} = await open(file('baseline.html'));
        const shown = async () => [await page.locator('.date').textContent(), await page.locator('.sentences').textContent(), await page.locator('#map h3').textContent(),
                                   await page.locator('#map [data-name="Agdam city"]').getAttribute('fill')];
        const before = await shown();
        await page.locator('#slider').focus();
        await page.keyboard.press('Home');
        const first = await shown();
        first.forEach((text, i) => assert.notEqual(text, before[i]));
        await page.keyboard.press('PageUp');
        assert.equal(await page.locator('.date').textContent(), '30 November 2021');
        await page.keyboard.press('ArrowRight');
        assert.equal(await page.locator('.date').textContent(), '31 December 2021');
        await page.getByRole('button', {name: 'A year later'}).click();
        assert.equal(await page.locator('.date').textContent(), '31 December 2022');
        await context.close();
    },

    async 'the switch of language changes words, names, numbers and dates, and there is no word left of the other'() {
        const {page, troubles, context} = await open(file('baseline.html'));
        const english = await page.locator('main').innerText();
        await page.click('[data-language=az]');
        assert.equal(await page.locator('html').getAttribute('lang'), 'az');
        const azerbaijani = await page.locator('main').innerText();
        for (const word of ['31 dekabr 2030', 'Ağdam şəhəri', 'Cəbrayıl', 'Minalardan təmizlənmiş', 'mövsüm və hava', 'Dövlət büdcəsi']) assert.ok(azerbaijani.includes(word), word);
        differ(english, azerbaijani, /^(homeward run .*|Hadrut|[0-9a-f]{64}|homeward [0-9.]+|baseline\.h5|land release \d+|Model)$/);
        assert.match(await page.locator('.sentences').textContent(), /\d\.\d{3}/);
        assert.deepEqual(troubles, []);
        await page.click('[data-language=en]');
        assert.equal(await page.locator('main').innerText(), english);
        await context.close();
    },

    async 'each chart has a title, a table, CSV, SVG, PNG, and can be read by keys'() {
        const {page, context} = await open(file('baseline.html'));
        const ids = await page.locator('figure').evaluateAll(figures => figures.map(figure => figure.id));
        assert.deepEqual(ids, ['map', 'place-chance', 'place-delay', 'land', 'people', 'timeline', 'delay', 'streams', 'reconstruction', 'purposes', 'casualties']);
        for (const id of ids) {
            const figure = page.locator(`#${id}`);
            assert.ok((await figure.locator('h3').textContent()).length > 15);
            assert.equal(await figure.getByRole('button', {name: /^SVG/}).count(), 1);
            await figure.locator('.drawing').focus();
            await page.keyboard.press('ArrowRight');
            await page.keyboard.press('ArrowRight');
            const text = await figure.locator('.readout').textContent();
            assert.match(text, /\d/, `${id} by keys: ${text}`);
            assert.equal(await figure.locator('.cursor').count(), 1);
        }
        const svg = await saved(page, '#timeline button[aria-label^="SVG"]');
        assert.match(svg.name, /^great-return-baseline-timeline\.svg$/);
        const text = svg.bytes.toString();
        assert.ok(text.includes('Release of each place') && text.includes('Agdam city') && text.includes('P10 to P90') && text.includes('seed 1') && !text.includes('cursor'));
        const png = await saved(page, '#map button[aria-label^="PNG"]');
        assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
        assert.ok(png.bytes.length > 20000);
        await context.close();
    },

    async 'CSV has the bytes of the summary, and the table shows its numbers'() {
        const {page, context} = await open(file('both.html')); // asks about 2027-06-30
        homeward('summary', 'baseline.h5', '--by', '2027-06-30', '--csv', 'tables');
        const {tables} = JSON.parse(homeward('summary', 'baseline.h5', '--by', '2027-06-30', '--json'));
        const whole = 'figure:not(#place-chance, #place-delay)'; // those of one place are parts of the others
        const names = await page.locator(`${whole} [data-csv]`).evaluateAll(buttons => buttons.map(button => button.dataset.csv));
        for (const name of ['place_release_by', 'district_completion_by', 'ledgers', 'people_back', 'place_release', 'place_delay', 'money_by_stream', 'spending_by_purpose', 'casualties']) assert.ok(names.includes(name), name);
        let other = null; // Chromium lets a page save ten files in a row
        for (const [i, name] of names.entries()) {
            if (i % 8 === 0) {
                await other?.context.close();
                other = await open(file('both.html'));
            }
            const {name: suggested, bytes} = await saved(other.page, `[data-csv=${name}]`);
            assert.equal(suggested, `${name}.csv`);
            const lines = readFileSync(file(`tables/${name}.csv`), 'utf8').split('\n');
            const wanted = name.endsWith('_by') ? lines.filter((line, i) => i === 0 || line === '' || line.includes(',2027-06-30,')) : lines;
            assert.deepEqual(bytes.toString().split('\n'), wanted, name);
        }
        await other.context.close();
        for (const button of await page.locator(`${whole} button[aria-expanded]`).all()) await button.click();
        const captions = await page.locator('figure caption').allTextContents();
        assert.equal(captions.length, names.length);
        for (const [i, name] of names.entries()) {
            const rows = tables[name].rows.filter(row => !name.endsWith('_by') || row.by === '2027-06-30');
            const cells = await page.locator('table').nth(i).locator('tbody tr').evaluateAll(lines => lines.map(line => [...line.children].map(cell => cell.textContent)));
            assert.equal(cells.length, rows.length, name);
            rows.forEach((row, r) => Object.values(row).forEach((value, c) => assert.ok(shows(cells[r][c], value), `${name}: row ${r}: ${cells[r][c]} for ${value}`)));
        }
        await context.close();
    },

    async 'the timeline shows releases, first families and districts, each with its own table'() {
        const {page, context} = await open(file('baseline.html'));
        const titles = new Set();
        for (const event of ['place_release', 'place_first_return', 'district_completion']) {
            await page.click(`[data-event=${event}]`);
            titles.add(await page.locator('#timeline h3').textContent());
            assert.equal(await page.locator(`#timeline [data-csv=${event}]`).count(), 1);
        }
        assert.equal(titles.size, 3);
        await context.close();
    },

    async 'at the width of a phone and of a desk nothing is wider than the window, and no two labels of the map overlap'() {
        const languages = ['en', 'az', 'ru', 'uk'], pages = [['baseline', 390], ['baseline', 1440], ['quick-compared', 390], ['quick-compared', 1440], ['scored', 390], ['scored', 1440]];
        for (const [i, [name, width]] of pages.entries())
            for (const language of thorough ? languages : [languages[(i + 1) % languages.length]]) {
                const {page, context} = await open(file(`${name}.html`), {width, height: 844});
                await page.click(`[data-language=${language}]`);
                assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than ${width}`);
                await textsAreReadable(page, `${name} at ${width}, ${language}`);
                await context.close();
            }
    },

    async 'printed, every chart is whole on one page'() {
        const {page, context} = await open(file('baseline.html'));
        await page.emulateMedia({media: 'print'});
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        const tall = await page.locator('figure').evaluateAll(figures => figures.map(figure => [figure.id, figure.getBoundingClientRect().height]));
        // A4 without margins, at 96 dots an inch, with room for the heading of the section.
        for (const [id, height] of tall) assert.ok(height < (297 - 28) / 25.4 * 96 - 60, `${id} is ${height} high`);
        await page.evaluate(() => dispatchEvent(new Event('afterprint')));
        await page.emulateMedia({media: 'screen'});
        const pdf = (await page.pdf({preferCSSPageSize: true})).toString('latin1');
        const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
        assert.ok(pages >= 6 && pages <= 11, `${pages} pages`);
        await context.close();
    },

    async 'axe finds no serious violation, in several languages, by day and by night, with tables open'() {
        for (const [name, width, language, colorScheme = 'light'] of [['quick-compared', 1440, 'az'], ['hostile', 390, null], ['morris', 390, 'en'], ['answered', 390, 'az', 'dark'], ['scored', 1280, 'en', 'dark'],
            ...(thorough ? [['scored', 390, 'az'], ['answered', 390, 'az'], ['answered', 1280, 'en'], ['quick-compared', 1440, 'en', 'dark']] : [])]) { // every kind of chart, few places
            const {page, context} = await open(file(`${name}.html`), {width, bypassCSP: true, colorScheme});
            if (language !== null) await page.click(`[data-language=${language}]`);
            for (const id of ['map', 'people', ...(name === 'morris' ? ['influence'] : name === 'scored' ? ['forecasts'] : name === 'answered' ? Object.keys(questions).map((_, i) => `decision-${i}`) : ['streams'])]) await page.click(`#${id} button[aria-expanded]`); // each cell costs time
            assert.deepEqual(await seriousOf(page, axe), []);
            await context.close();
        }
    },

    async 'names of a scenario stay text, wherever they are shown'() {
        const {page, troubles, context} = await open(file('hostile.html'));
        assert.equal(await page.locator('h1').textContent(), hostile);
        for (const button of await page.locator('figure button[aria-expanded]').all()) await button.click();
        assert.ok(await page.getByText(hostile).count() > 3);
        assert.equal(await page.locator('img').count(), 0);
        assert.equal(await page.locator('script:not([type="application/json"])').count(), 1);
        const svg = await saved(page, '#timeline button[aria-label^="SVG"]');
        assert.ok(!svg.bytes.toString().includes('<script'));
        assert.notEqual(await page.title(), 'taken');
        assert.deepEqual(troubles, []);
        await context.close();
    },

    async 'results of land alone have a page of land, districts, money and victims, in their own currency, at a desk and on a phone'() {
        for (const width of [1280, 390]) {
            const {page, troubles, context} = await open(file('land.html'), {width, bypassCSP: true});
            const ids = await page.locator('main figure').evaluateAll(figures => figures.map(figure => figure.id));
            assert.deepEqual(ids, ['map', 'place-chance', 'land', 'land-by-year', 'timeline', 'streams', 'purposes', 'casualties']);
            for (const id of ids) assert.ok(await page.locator(`#${id} svg[role=img]`).first().isVisible(), id);
            const said = (await page.locator('#answer').textContent()) ?? '';
            assert.match(said, /all known hazard areas of all districts are released with a probability of/);
            assert.doesNotMatch(said, /places|people live/);
            assert.match(await page.locator('#purposes').textContent(), /million EUR/);
            assert.doesNotMatch(await page.locator('main').textContent(), /USD|[əğışçöü]|Natural Earth/);
            assert.equal(await page.locator('#timeline rect, #timeline path').count() > 10, true);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `no wider than ${width}`);
            assert.deepEqual(await seriousOf(page, axe), []);
            assert.deepEqual(troubles, []);
            await context.close();
        }
    },

    async 'a comparison of land alone tells of districts'() {
        const {page, troubles, context} = await open(file('land-compared.html'), {width: 1280});
        const said = (await page.locator('#compare').textContent()) ?? '';
        assert.match(said, /Of 11 districts, /);
        assert.doesNotMatch(said, /places|People back/);
        assert.ok(await page.locator('#differences-1 svg circle').count() >= 11);
        assert.ok(await page.locator('#timeline svg[role=img]').isVisible());
        assert.deepEqual(troubles, []);
        await context.close();
    },

    async 'districts that are not on the map are listed, not left out'() {
        const {page, context} = await open(file('hostile.html'));
        const names = await page.locator('#map [data-name]').evaluateAll(marks => marks.map(mark => mark.dataset.name));
        const {tables} = JSON.parse(homeward('summary', 'hostile.h5', '--json'));
        for (const name of [...tables.place_release.rows.map(row => row.place), ...tables.district_completion.rows.map(row => row.district)]) assert.ok(names.includes(name), name);
        await context.close();
    },

    async 'several results have a choice among them, the first one first'() {
        const {page, context} = await open(file('both.html'));
        assert.equal(await page.locator('h1').textContent(), 'Great Return, baseline');
        assert.equal(await page.locator('.date').textContent(), '30 June 2027');
        await page.selectOption('#result', '1');
        assert.equal(await page.locator('h1').textContent(), hostile);
        await context.close();
    },

    async 'a comparison has a sentence for each difference and the tables of homeward compare'() {
        const {page, troubles, context} = await open(file('quick-compared.html'));
        homeward('compare', 'quick.h5', 'worst.h5', '--csv', 'compared');
        const {tables} = JSON.parse(homeward('compare', 'quick.h5', 'worst.h5', '--json'));
        const told = await page.locator('.findings li').allTextContents();
        const money = tables.money.rows.find(row => row.purpose === 'mine action in all');
        const figure = new Intl.NumberFormat('en-GB', {minimumFractionDigits: 1, maximumFractionDigits: 1}).format(money.mark === '~' ? money.difference : Math.abs(money.difference));
        assert.ok(told.some(sentence => sentence.startsWith('Money spent') && sentence.includes(money.mark === '=' ? 'the same' : `${figure} million USD`)), `${told} without ${figure}`);
        const places = tables.place_release.rows.filter(row => row.mark === '**');
        assert.ok(told[0].startsWith(`Of ${tables.place_release.rows.length} places, clearly released sooner: ${places.filter(row => row.difference < 0).length};`), told[0]);
        assert.ok((await page.locator('.changed').textContent()).includes('planning.rule'));
        for (const name of ['place_release', 'place_release_by', 'district_completion', 'people', 'money', 'victims']) {
            const {name: suggested, bytes} = await saved(page, `[data-csv=compare-${name}]`);
            assert.equal(suggested, `compare-${name}.csv`);
            assert.equal(bytes.toString(), readFileSync(file(`compared/${name}.csv`), 'utf8'), name);
        }
        await page.click('[data-language=az]');
        assert.equal((await page.locator('.findings li').allTextContents()).length, told.length);
        assert.deepEqual(troubles, []);
        await context.close();
    },

    async 'results of other worlds are not compared, and the page says why'() {
        const {page, context} = await open(file('both.html'));
        assert.equal(await page.locator('[id^=differences]').count(), 0);
        const reasons = await page.locator('#compare li').allTextContents();
        assert.ok(reasons.length > 0 && reasons.some(reason => /seed|replications|horizon|start|worlds/.test(reason)), String(reasons));
        await context.close();
    },

    async 'a sweep among the files ranks the assumptions, with the numbers and the bytes of homeward sensitivity'() {
        for (const [name, [ranking, measure]] of Object.entries(rankings)) {
            const {page, troubles, context} = await open(file(`${name}.html`));
            homeward('sensitivity', `${name}/sweep.h5`, '--csv', `${name}-tables`);
            const {tables} = JSON.parse(homeward('sensitivity', `${name}/sweep.h5`, '--json'));
            const csv = [ranking, 'sensitivity_outcomes', 'sensitivity_factors'];
            for (const table of csv) {
                const {name: suggested, bytes} = await saved(page, `[data-csv=${table}]`);
                assert.equal(suggested, `${table}.csv`);
                assert.equal(bytes.toString(), readFileSync(file(`${name}-tables/${table}.csv`), 'utf8'), table);
            }
            await page.click('#influence button[aria-expanded]');
            for (const [i, table] of csv.entries()) {
                const cells = await page.locator('#influence table').nth(i).locator('tbody tr').evaluateAll(lines => lines.map(line => [...line.children].map(cell => cell.textContent)));
                assert.equal(cells.length, tables[table].rows.length);
                tables[table].rows.forEach((row, r) => Object.values(row).forEach((value, c) => assert.ok(value === '' ? cells[r][c] === '' : shows(cells[r][c], value), `${table}: row ${r}: ${cells[r][c]} for ${value}`)));
            }
            const first = tables[ranking].rows.filter(row => row.outcome === 'victims' && row.rank !== null);
            const names = first.map(row => row.factor.replace('_', ' '));
            assert.match(await page.locator('#influence h3').textContent(), /“Casualties”/);
            const labels = await page.locator('#influence .drawing text').allTextContents();
            assert.deepEqual(labels.map(label => label.split(',')[0]).filter(label => names.includes(label)), names, 'ranked as in the table');
            assert.equal(await page.locator('#influence [data-told=yes]').count(), first.filter(row => row[`${measure}_told`] === 'yes').length);
            assert.equal(await page.locator('#influence [data-told]').count(), first.length);
            assert.equal(await page.locator('#influence rect[data-told]').count(), first.filter(row => row.assumed === '').length, 'squares have a source');
            await page.locator('#influence .drawing').focus();
            await page.keyboard.press('Home');
            const read = await page.locator('#influence .readout').textContent();
            assert.ok(read.startsWith(`${names[0]} (${first[0].assumed || 'with a source'}`) && read.includes('95 % interval'), read);
            assert.deepEqual(troubles, []);
            await context.close();
        }
    },

    async 'what the sweep says of an outcome is said in words, with intervals, and what cannot be told is named'() {
        const {page, context} = await open(file('sobol.html'));
        const {tables} = JSON.parse(homeward('sensitivity', 'sobol/sweep.h5', '--json'));
        for (const [i, about] of tables.sensitivity_outcomes.rows.entries()) {
            await page.selectOption('#outcome', String(i));
            const told = await page.locator('#influences .findings').last().locator('li').allTextContents();
            const rows = tables.sobol_indices.rows.filter(row => row.outcome === about.outcome && row.rank !== null), clear = rows.filter(row => row.total_told === 'yes');
            const percent = value => value > 0 && value < 0.01 ? '<1' : value > 0.99 && value < 1 ? '>99' : String(Math.round(100 * Math.max(0, Math.min(1, value))));
            if (!rows.length) assert.match(told[0], /^Nothing can be said/);
            else if (!clear.length) assert.match(told[0], /^No input clearly matters here/);
            else assert.ok(told[0].startsWith(`Some ${percent(clear[0].total)}\u00a0% of the variance`) && told[0].includes(`“${clear[0].factor.replace('_', ' ')}”${clear[0].assumed ? ', which is assumed' : ' were not'}`) &&
                told[0].includes(`(95 % interval ${percent(clear[0].total_low)}\u00a0% to ${percent(clear[0].total_high)}\u00a0%)`), told[0]);
            const untold = rows.filter(row => row.total_told !== 'yes');
            assert.equal(told.some(text => text.startsWith('Could be zero') && text.includes(`${untold.length} of ${rows.length} inputs`)), untold.length > 0, String(told));
            if (rows.length) assert.ok(told.some(text => text.includes('of the variance between the points was noise')), String(told));
        }
        await context.close();
    },

    async 'the section of the sweep speaks both languages, fits a phone and paper'() {
        for (const name of Object.keys(designs))
            for (const width of [390, 1440]) {
                const {page, troubles, context} = await open(file(`${name}.html`), {width, height: 844});
                const section = page.locator('#influences');
                const english = await section.innerText();
                await textsAreReadable(page, `${name} at ${width}, en`);
                await page.click('[data-language=az]');
                await textsAreReadable(page, `${name} at ${width}, az`);
                differ(english, await section.innerText(), /^(Minjivan|Araz road|Sobol|Morris)$/);
                assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
                await page.click('[data-language=en]');
                assert.equal(await section.innerText(), english);
                await page.emulateMedia({media: 'print'});
                await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
                const height = await page.locator('#influence').evaluate(figure => figure.getBoundingClientRect().height);
                assert.ok(height > 100 && height < (297 - 28) / 25.4 * 96 - 60, `${height} high`);
                assert.ok(!await page.locator('#outcome').isVisible());
                assert.deepEqual(troubles, []);
                await context.close();
            }
    },

    async 'a sweep of a scenario that differs is shown with what differs'() {
        homeward('report', 'worst.h5', 'quick.h5', 'morris/sweep.h5', '-o', 'kin.html');
        homeward('report', 'worst.h5', 'morris/sweep.h5', '-o', 'differs.html');
        const kin = await open(file('kin.html')); // the second result is of the sweep's scenario
        assert.equal(await kin.page.locator('#influences .warning').count(), 0);
        await kin.context.close();
        const {page, context} = await open(file('differs.html'));
        const warning = await page.locator('#influences .warning').textContent();
        assert.ok(warning.includes('in 1 values') && warning.includes('planning.rule: worst_first → state_programme'), warning);
        await context.close();
    },

    async 'sweeps of other places or models, several sweeps, and more than a page can show are refused'() {
        // As if an older program had run it. What another program rewrites is read by --unsealed only.
        execFileSync('/usr/bin/python3', ['-c', `import h5py, numpy, shutil; shutil.copy("sobol/sweep.h5", "old.h5"); h5py.File("old.h5", "r+").attrs["model"] = numpy.bytes_("land release 0")`], {cwd: folder});
        sweep('crowd', 'quick.yaml', 'latin_hypercube: {points: 4}', 'every_assumed: yes\n', '  delay: {of: place_delay_days}\n');
        const refused = [
            [['baseline.h5', 'sobol/sweep.h5'], /asks another question than 'Great Return, baseline' \(.* differs\)/],
            [['quick.h5', 'sobol/sweep.h5', 'morris/sweep.h5'], /both results of sweeps/],
            [['sobol/sweep.h5'], /name the result file of its scenario/],
            [['quick.h5', '--outcome', 'release'], /none was named/],
            [['quick.h5', 'old.h5', '--unsealed'], /old\.h5 was run with the model land release 0, quick\.h5 with land release \d/],
            [['quick.h5', 'crowd/sweep.h5'], /at most 3000 influences: choose an outcome with --outcome/],
            [['quick.h5', 'crowd/sweep.h5', '--outcome', 'delay'], /ask for one number/],
            [['quick.h5', 'sobol/sweep.h5', '--outcome', 'relase'], /did you mean 'release'/],
        ];
        for (const [words, message] of refused) {
            assert.throws(() => homeward('report', ...words, '-o', 'never.html'), error => message.test(error.stderr) && error.status === 2, String(words));
            assert.ok(!readdirSync(folder).some(name => name.startsWith('never')));
        }
        homeward('report', 'quick.h5', 'crowd/sweep.h5', '--outcome', 'release: Aghali', '-o', 'one.html');
        const {page, context} = await open(file('one.html'));
        assert.equal(await page.locator('#outcome').count(), 0);
        assert.equal(await page.locator('#influence [data-told]').count(), 25, 'the others are in the table');
        const {bytes} = await saved(page, '[data-csv=correlations]');
        homeward('sensitivity', 'crowd/sweep.h5', '--outcome', 'release: Aghali', '--csv', 'crowd-tables');
        assert.equal(bytes.toString(), readFileSync(file('crowd-tables/correlations.csv'), 'utf8'));
        await context.close();
    },

    async 'the scenario that it saves gives the same results again'() {
        const {page, context} = await open(file('baseline.html'));
        const {bytes} = await saved(page, '#save-scenario');
        writeFileSync(file('again.yaml'), bytes);
        homeward('run', 'again.yaml', '-n', '2', '-o', 'again.h5', '-q');
        const digest = name => JSON.parse(homeward('summary', name, '--json')).tables.about.rows.find(row => row.fact === 'scenario digest').value;
        assert.equal(digest('again.h5'), digest('baseline.h5'));
        assert.equal(await page.locator('dd.code').first().textContent(), digest('baseline.h5'));
        await context.close();
    },

    async 'earlier forecasts are shown beside what came, losses too, with the bytes of homeward hindcast, in both languages'() {
        const {page, troubles, context} = await open(file('scored.html'));
        homeward('hindcast', 'quick.h5', '--observations', 'facts.yaml', '--origin', '2021-12-31', '--origin', '2022-12-31', '--csv', 'scores-tables');
        const {tables} = JSON.parse(homeward('hindcast', 'quick.h5', '--observations', 'facts.yaml', '--origin', '2021-12-31', '--origin', '2022-12-31', '--json'));
        const section = page.locator('#scores');
        assert.equal(await section.locator('h2').textContent(), 'How good were earlier forecasts');
        const told = await section.locator('.findings li').allTextContents();
        const all = tables.hindcast_coverage.rows.find(row => row.group === 'all');
        assert.ok(told[0].startsWith(`Of ${all.facts} facts ${Math.round(all.inside_80)}`), told[0]);
        const ratios = tables.hindcast_scores.rows.flatMap(row => ['last_year', 'straight', 'by_area', 'plan'].map(rule => row[`of_${rule}`]).filter(ratio => ratio !== null));
        assert.ok(ratios.some(ratio => ratio > 1), 'the test has a loss');
        for (const ratio of ratios) assert.ok(told[ratio > 1 ? 1 : 2].includes(`(${ratio.toFixed(2)})`), `${ratio} in ${told}`);
        const cells = await section.locator('#score-table tbody tr').evaluateAll(lines => lines.map(line => [...line.children].map(cell => cell.textContent)));
        assert.equal(cells.length, tables.hindcast_scores.rows.length);
        const words = cells.flat().filter(text => / better$/.test(text));
        assert.deepEqual(words.map(text => text.endsWith('rule better')), ratios.map(ratio => ratio > 1));
        for (const {group} of tables.hindcast_scores.rows) {
            await section.locator('#scored').selectOption(group);
            for (const origin of await section.locator('#scored-origin option').evaluateAll(options => options.map(option => option.value))) {
                await section.locator('#scored-origin').selectOption(origin);
                const rows = tables.hindcast_facts.rows.filter(row => row.group === group && row.origin === origin);
                for (const verdict of ['yes', 'no']) {
                    const wanted = rows.filter(row => row.inside_80 === verdict).length;
                    assert.equal(await section.locator(`[data-inside=${verdict}]`).count(), wanted, `${group} ${origin}`);
                    assert.equal((await section.locator('.drawing text').allTextContents()).filter(text => text === (verdict === 'yes' ? 'inside' : 'outside')).length, wanted);
                }
                await section.locator('.drawing').focus();
                await page.keyboard.press('Home');
                assert.match(await section.locator('.readout').textContent(), /came; forecast P10 .*, (inside|outside)$|; (inside|outside)$/);
            }
        }
        for (const name of ['hindcast_facts', 'hindcast_scores', 'hindcast_coverage', 'hindcast_origins']) {
            const {name: suggested, bytes} = await saved(page, `[data-csv=${name}]`);
            assert.equal(suggested, `${name}.csv`);
            assert.equal(bytes.toString(), readFileSync(file(`scores-tables/${name}.csv`), 'utf8'), name);
        }
        const english = await section.innerText();
        await page.click('[data-language=az]');
        assert.ok((await page.locator('#scores h2').textContent()).startsWith('Əvvəlki proqnozlar'));
        differ(english, await page.locator('#scores').innerText(), /^(CSV|SVG|PNG|land|families|district).*$/);
        assert.deepEqual(troubles, []);
        await context.close();
        const plain = await open(file('quick-compared.html'));
        assert.equal(await plain.page.locator('#scores').count(), 0, 'without scores there is no such section');
        await plain.context.close();
    },

    async 'answers to questions of what to do are shown with their sentences, the bytes of their tables and their commands, in both languages'() {
        const {page, troubles, context} = await open(file('answered.html'), {width: 1280});
        for (const [i, question] of Object.keys(questions).entries()) {
            const section = page.locator(`#decision-${i}-section`), {tables} = answered[question] ??= askAgain(question);
            const told = await section.locator('.sentences p, .findings li').allTextContents();
            assert.deepEqual(told, tables.findings.rows.map(row => row.finding), question);
            const {name, bytes} = await saved(page, `#decision-${i} [data-csv=${drawnFrom[question]}]`);
            assert.equal(bytes.toString(), readFileSync(file(`${question}/${name}`), 'utf8'), name);
            assert.equal(await page.locator('nav a').filter({hasText: await page.evaluate(id => document.querySelector(`nav a[href="#${id}"]`)?.textContent, `decision-${i}-section`)}).count(), 1);
            assert.ok((await section.locator('dd.code').first().textContent()).startsWith(`homeward ${question} `));
            await section.locator('.drawing').focus();
            await page.keyboard.press('Home');
            assert.match(await section.locator('.readout').textContent(), /\d/);
        }
        assert.equal(await page.locator('#decision-4-section .cards li').count(), answered.discover.tables.limits.rows.length);
        assert.ok(await page.locator('#decision-4-section .cards li').count() > 0, 'the test has a limit');
        assert.ok((await page.locator('#decision-2-section .drawing').innerText()).includes('quick'));
        const heading = await page.locator('#decision-1-section h2').textContent();
        await page.click('[data-language=az]');
        assert.notEqual(await page.locator('#decision-1-section h2').textContent(), heading);
        assert.deepEqual(troubles, []);
        await context.close();
        const phone = await open(file('answered.html'), {width: 390});
        assert.equal(await phone.page.evaluate(() => document.documentElement.scrollWidth), 390);
        await phone.context.close();
    },

    async 'wrong questions are told, and nothing is written'() {
        for (const [words, message] of [[['report', 'baseline.h5', '--by', '1999-01-01'], /outside of what was simulated/], [['report', 'baseline.h5', '--language', 'fr'], /one of en, az, ru, uk/], [['report', 'baseline.h5', '--place', 'Atlantis'], /Atlantis/], [['report', 'baseline.h5', '--map', 'facts.yaml'], /facts\.yaml:1:\d+: this is no JSON/], [['report', 'baseline.h5', '--map', 'elsewhere.geojson'], /no feature is one of the 12 districts/], [['report', 'baseline.h5', '--map', 'points.geojson'], /feature 1 is no polygon/], [['report', 'none.h5'], /none\.h5/]]) {
            assert.throws(() => homeward(...words, '-o', 'never.html'), error => message.test(error.stderr) && (error.status === 2 || error.status === 4));
            assert.ok(!readdirSync(folder).some(name => name.startsWith('never')));
        }
    },
};

/** No line of words is the same in both languages, but those. */
function differ(english, azerbaijani, but) {
    const lines = text => text.split('\n').map(line => line.trim()).filter(line => /[a-z]{4}/i.test(line));
    const same = new Set(lines(azerbaijani));
    for (const line of lines(english)) if (same.has(line)) assert.match(line, but, `in both languages, analysis/page/src/words.js or names_az.js lacks it: ${line}`);
}

/** No text of a chart is cut, and no two overlap. */
async function textsAreReadable(page, where) {
    const outside = await page.locator('.drawing > svg').evaluateAll(charts => charts.flatMap(chart => {
        const frame = chart.getBoundingClientRect();
        return [...chart.querySelectorAll('text')].filter(text => {
            const box = text.getBoundingClientRect();
            return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
        }).map(text => text.textContent);
    }));
    assert.deepEqual(outside, [], `cut ${where}`);
    const overlapping = await page.locator('.drawing > svg').evaluateAll(charts => charts.flatMap(chart => {
        const texts = [...chart.querySelectorAll('text')].map(text => ({text: text.textContent, box: text.getBoundingClientRect()})).filter(({text, box}) => text.trim() && box.width > 0);
        return texts.flatMap((a, i) => texts.slice(i + 1).filter(b => Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 &&
            Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4).map(b => `${a.text} | ${b.text}`));
    }));
    assert.deepEqual(overlapping, [], `overlapping ${where}`);
}

/** Three significant digits, as the sentences have them. */
function three(value) {
    return new Intl.NumberFormat('en-GB', {maximumSignificantDigits: 3}).format(Number(value.toPrecision(3)));
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** Whether a cell of the table says what the summary says, rounded at most as far as it shows. */
function shows(text, value) {
    if (value === null) return text === '–';
    const day = /^(after )?(\d{4})-(\d\d)-(\d\d)$/.exec(value);
    if (day) return text === `${day[1] ?? ''}${Number(day[4])} ${months[day[3] - 1]} ${day[2]}`;
    if (typeof value === 'string') return text.length > 0 && (text === value || !/\d/.test(text));
    if (text.startsWith('<')) return value > 0 && value < Number(text.slice(1));
    if (text.startsWith('>-')) return value < 0 && value > Number(text.slice(1));
    const number = Number(text.replaceAll(',', '')), decimals = text.split('.')[1]?.length ?? 0;
    return Math.abs(number - value) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
}

const only = process.env.HOMEWARD_LAW;
for (const [law, check] of Object.entries(laws)) {
    if (only && !only.split('|').some(part => law.includes(part))) continue;
    const begun = Date.now();
    try {
        await check();
        console.log(`ok      ${law} (${Date.now() - begun} ms)`);
    } catch (error) {
        failed++;
        console.log(`NOT OK  ${law}\n${error.stack}`);
    }
}
await browser.close();
rmSync(folder, {recursive: true});
process.exit(failed ? 1 : 0);
