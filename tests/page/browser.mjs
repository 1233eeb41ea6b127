// A browser that notes everything it should not see.
import {createRequire} from 'node:module';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path));

/** A window in which the page runs as on a computer HOMEWARD_SLOWER times slower: what holds only on a fast one comes to light. */
export async function windowIn(context) {
    const page = await context.newPage(), rate = Number(process.env.HOMEWARD_SLOWER ?? 1);
    if (rate > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', {rate});
    return page;
}

/** Scrolls past every chart, so that each is drawn. */
export async function seeAll(page) {
    await page.evaluate(async () => {
        const at = scrollY;
        for (const place of document.querySelectorAll('.drawing')) {
            place.scrollIntoView({behavior: 'instant'});
            for (let i = 0; i < 50 && !place.firstChild; i++) await new Promise(resolve => setTimeout(resolve, 10));
        }
        scrollTo({top: at, behavior: 'instant'});
    });
}

/** What a judge of accessibility finds serious. Rows of a table that differ in words alone are alike, and one stands for all: each cell costs time. */
export async function seriousOf(page, axe) {
    await page.evaluate(() => {
        for (const table of document.querySelectorAll('table')) {
            const seen = new Set();
            for (const row of table.querySelectorAll('tbody tr')) {
                const shape = [...row.querySelectorAll('*')].map(one => `${one.tagName} ${one.getAttribute('class')} ${one.getAttribute('style')}`).join();
                if (seen.has(shape)) row.remove();
                seen.add(shape);
            }
        }
    });
    await page.evaluate(axe);
    const {violations} = await page.evaluate(() => globalThis.axe.run({resultTypes: ['violations']}));
    return violations.filter(one => ['serious', 'critical'].includes(one.impact)).map(one => `${one.id}: ${one.nodes.map(node => `${node.html.slice(0, 200)} ${node.failureSummary}`).slice(0, 2).join(' ')}`);
}

/** @param {string} tools the folder whose node_modules has the driver */
export async function openBrowser(tools) {
    if (!chromium) throw new Error('no chromium: apt-get install chromium');
    const require = createRequire(join(tools, 'package.json'));
    const driver = require('playwright-core').chromium;
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    const browser = await driver.launch({executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']});
    return {
        browser, axe,
        async measure(file, width) {
            const context = await browser.newContext({viewport: {width, height: 900}});
            const page = await context.newPage();
            const devices = await context.newCDPSession(page);
            await devices.send('Performance.enable', {timeDomain: 'threadTicks'});
            await page.goto(pathToFileURL(file).href);
            await page.waitForFunction(() => document.documentElement.dataset.ready);
            const {metrics} = await devices.send('Performance.getMetrics');
            const ready = Number(await page.evaluate(() => document.documentElement.dataset.ready));
            await context.close();
            return {ready, work: metrics.find(metric => metric.name === 'TaskDuration').value};
        },
        async open(file, {width = 1440, height = 900, sees = true, ...options} = {}) {
            // The judge of accessibility is put in by the test; the page itself allows no script but its own.
            const context = await browser.newContext({viewport: {width, height}, acceptDownloads: true, ...options});
            const page = await windowIn(context);
            const troubles = [];
            page.on('console', message => ['error', 'warning'].includes(message.type()) && troubles.push(`console: ${message.text()}`));
            page.on('pageerror', error => troubles.push(`error: ${error.message}`));
            page.on('request', request => /^(data|blob):/.test(request.url()) || request.url() === pathToFileURL(file).href || troubles.push(`request: ${request.url()}`));
            page.on('dialog', dialog => { troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
            await page.goto(pathToFileURL(file).href);
            await page.waitForFunction(() => document.documentElement.dataset.ready);
            if (sees) await seeAll(page);
            return {page, troubles, context};
        },
    };
}

/** What a button of the page would save. */
export async function saved(page, selector) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(selector).first().click()]);
    return {name: download.suggestedFilename(), bytes: readFileSync(await download.path())};
}
