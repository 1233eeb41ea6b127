// The guide's pictures of the desk: a question of a strategist, answered; and the receipt of a donor's pledge.
//   node tests/page/desk_picture.mjs PROGRAM SCENARIO analysis/pictures/desk.png analysis/pictures/desk-decides.png build/release/page_tests
import {spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {openBrowser} from './browser.mjs';

const [program, scenario, picture, decides, tools] = process.argv.slice(2).map(path => resolve(path));
const worlds = 512;
const desk = spawn(program, ['desk', scenario, '--port', '0', '-n', String(worlds)], {stdio: ['ignore', 'pipe', 'inherit']});
const address = await new Promise(resolve => desk.stdout.on('data', data => { const found = /http:\S+/.exec(String(data)); if (found) resolve(found[0]); }));
const {browser} = await openBrowser(tools);
const page = await browser.newPage({viewport: {width: 1440, height: 1080}});
const whole = () => page.waitForFunction(count => document.documentElement.dataset.worlds === String(count) && document.querySelector('.stale')?.hidden, worlds, {timeout: 900000});
async function shoot(path) {
    await page.evaluate(() => { scrollTo({top: 0, behavior: 'instant'}); document.querySelector('#question').scrollTop = 0; });
    await page.screenshot({path});
}

await page.goto(address);
await page.locator('#add-money').click();
await page.locator('#add-teams').click();
await whole();
await page.locator('#place').fill('Fuzuli villages');
await page.locator('#place').press('Enter');
await page.locator('#place').blur();
await whole();
await shoot(picture);

await page.locator('#reset').click();
await page.locator('#add-pledge').click();
await page.locator('fieldset:has(#add-pledge) select').nth(0).selectOption('Fuzuli');
await page.locator('button[data-pane=decide]').click();
await page.locator('#decide').click();
await page.waitForFunction(() => document.documentElement.dataset.decided === 'pledge', undefined, {timeout: 900000});
await page.setViewportSize({width: 1440, height: 1500});
await shoot(decides);
await browser.close();
desk.kill('SIGTERM');
