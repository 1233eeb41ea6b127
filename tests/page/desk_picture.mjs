// The guide's picture of the desk: a question of a strategist, answered.
//   node tests/page/desk_picture.mjs PROGRAM SCENARIO analysis/pictures/desk.png build/release/page_tests
import {spawn} from 'node:child_process';
import {openBrowser} from './browser.mjs';

const [program, scenario, picture, tools] = process.argv.slice(2);
const worlds = 512;
const desk = spawn(program, ['desk', scenario, '--port', '0', '-n', String(worlds)], {stdio: ['ignore', 'pipe', 'inherit']});
const address = await new Promise(resolve => desk.stdout.on('data', data => { const found = /http:\S+/.exec(String(data)); if (found) resolve(found[0]); }));
const {browser} = await openBrowser(tools);
const page = await browser.newPage({viewport: {width: 1440, height: 1080}});
await page.goto(address);
await page.locator('#add-money').click();
await page.locator('#add-teams').click();
await page.locator('#add-teams').scrollIntoViewIfNeeded();
await page.waitForFunction(count => document.documentElement.dataset.worlds === String(count), worlds, {timeout: 600000});
await page.locator('#place').fill('Agdam city');
await page.locator('#place').press('Enter');
await page.locator('#place').blur();
await page.evaluate(() => { scrollTo(0, 0); document.querySelector('#question').scrollTop = 0; });
await page.screenshot({path: picture});
await browser.close();
desk.kill('SIGTERM');
