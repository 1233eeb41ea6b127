// Lighthouse judges the desk's page and the report's as the desk serves them: on a phone (its mobile profile: processor four
// times slower, slow 4G) and at a desk. Wants a computer that does nothing else. The median of five runs
// counts, and all five are printed, since other work on a computer slows a page down.
//   node lighthouse.mjs PROGRAM SCENARIO REPORT.html FOLDER-WITH-PACKAGES
import {spawn} from 'node:child_process';
import {createRequire} from 'node:module';
import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const [program, scenario, report, tools] = process.argv.slice(2).map(path => resolve(path));
const require = createRequire(join(tools, 'package.json'));
const load = name => import(pathToFileURL(require.resolve(name)).href);
const {default: lighthouse, desktopConfig} = await load('lighthouse'), launcher = await load('chrome-launcher');
const chromePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path));
const wanted = {mobile: {performance: 90, accessibility: 100, 'best-practices': 100}, desktop: {performance: 95, accessibility: 100, 'best-practices': 100}};
const RUNS = 5;

const desk = spawn(program, ['desk', scenario, '--port', '0', '-n', '64', '--report', report], {stdio: ['ignore', 'pipe', 'inherit']});
const address = await new Promise((found, lost) => {
    let told = '';
    desk.stdout.on('data', data => {
        told += data;
        const at = /http:\S+/.exec(told);
        if (at) found(at[0]);
    });
    desk.on('exit', code => lost(new Error(`the desk ended with ${code}`)));
});

async function judge(url, profile) {
    const chrome = await launcher.launch({chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking']});
    const {lhr} = await lighthouse(url, {port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(wanted[profile])}, profile === 'desktop' ? desktopConfig : undefined);
    await chrome.kill();
    return lhr;
}

let short = 0;
for (const [name, url] of [['report', `${address}report`], ['desk', address]])
    for (const [profile, least] of Object.entries(wanted)) {
        const runs = [];
        for (let i = 0; i < RUNS; i++) runs.push(await judge(url, profile));
        const of = (lhr, category) => Math.round(100 * lhr.categories[category].score);
        runs.sort((a, b) => of(a, 'performance') - of(b, 'performance'));
        const middle = runs[(RUNS - 1) / 2], scores = Object.keys(least).map(category => [category, category === 'performance' ? of(middle, category) : Math.min(...runs.map(lhr => of(lhr, category)))]);
        const shown = id => middle.audits[id]?.displayValue?.replaceAll('\u00a0', ' ') ?? '-';
        console.log(`${name}, ${profile}: ${scores.map(([category, score]) => `${category} ${score}`).join(', ')} (performance ${runs.map(lhr => of(lhr, 'performance')).join(', ')}); first paint ${shown('first-contentful-paint')}, largest ${shown('largest-contentful-paint')}, ` +
                    `blocked ${shown('total-blocking-time')}, shift ${shown('cumulative-layout-shift')}, main thread ${shown('mainthread-work-breakdown')}, ${shown('dom-size')}; speed of this computer ${Math.round(middle.environment.benchmarkIndex)}`);
        for (const [category, score] of scores)
            if (score < least[category]) {
                short++;
                const reasons = middle.categories[category].auditRefs.map(({id}) => middle.audits[id]).filter(audit => audit.score !== null && audit.score < 0.9).map(audit => `${audit.id} ${audit.displayValue ?? ''}`.trim());
                console.log(`  SHORT: ${category} ${score}, wanted ${least[category]}: ${reasons.join('; ')}`);
            }
    }
desk.kill('SIGINT');
process.exit(short ? 1 : 0);
