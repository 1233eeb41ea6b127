// The README's pictures of a page: at a desk, on a phone, on paper, and what it says of assumptions.
//   node tests/page/pictures.mjs PAGE.html analysis/pictures build/release/page_tests
// PAGE.html is made of a result and a sweep. Paper needs pdftoppm (apt-get install poppler-utils).
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {openBrowser} from './browser.mjs';

const [file, folder, tools] = process.argv.slice(2).map(path => resolve(path));
const {browser, open} = await openBrowser(tools);
const work = mkdtempSync(join(tmpdir(), 'homeward-pictures-'));
const paper = '#9aa2ad';

/** Pictures side by side, in lines of at most `width`. */
async function compose(pictures, each, width, gap, to) {
    const page = await browser.newPage({viewport: {width, height: 100}});
    const images = pictures.map(picture => `<img width="${each}" src="data:image/png;base64,${picture.toString('base64')}">`).join('');
    await page.setContent(`<body style="margin:0;background:${paper};display:flex;flex-wrap:wrap;gap:${gap}px;align-content:start">${images}`);
    await page.locator('img').last().evaluate(image => image.decode());
    await page.screenshot({path: to, fullPage: true});
    await page.close();
}

const desk = await open(file, {width: 1280, height: 1000});
await desk.page.screenshot({path: join(folder, 'page-desktop.png')});
const print = join(work, 'page.pdf');
writeFileSync(print, await desk.page.pdf({preferCSSPageSize: true}));

const narrow = await open(file, {width: 1000, height: 1000});
await narrow.page.addStyleTag({content: 'nav { display: none; }'});
await narrow.page.locator('#influences').screenshot({path: join(folder, 'page-assumptions.png')});

const phone = await open(file, {width: 390, height: 844});
await phone.page.click('[data-language=az]');
const shots = [await phone.page.screenshot()];
for (const at of ['#map .lead', '#when']) {
    await phone.page.locator(at).evaluate(part => scrollTo({top: part.getBoundingClientRect().top + scrollY - 44, behavior: 'instant'}));
    shots.push(await phone.page.screenshot());
}
await compose(shots, 390, 1210, 20, join(folder, 'page-phone.png'));

execFileSync('pdftoppm', ['-r', '96', '-png', print, join(work, 'sheet')]);
const sheets = readdirSync(work).filter(name => name.startsWith('sheet')).sort().map(name => readFileSync(join(work, name)));
await compose(sheets, 334, 1706, 8, join(folder, 'page-print.png'));
await browser.close();
rmSync(work, {recursive: true});
