// Bundles script, style and map into three templates and writes them as a C file.
//   node build.mjs page_bundle.c districts.geojson
// in the folder that has node_modules, so that this one stays clean. The numbers of a run are put in later, by the
// program, where DATA stands.
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {variables} from './src/palette.js';

const {build} = createRequire(join(process.cwd(), 'package.json'))('esbuild');
const here = dirname(fileURLToPath(import.meta.url));
const [output, districts] = process.argv.slice(2);
const DATA = '/*DATA*/';

const style = variables() + readFileSync(join(here, 'page.css'), 'utf8');
const map = JSON.stringify(JSON.parse(readFileSync(districts, 'utf8')),
                           (key, value) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value));

/** Files of words, English first. */
const languages = readdirSync(join(here, 'words')).map(name => name.replace(/\.json$/, '')).sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b, 'en'));
// Of ASCII alone: a browser holds and reads such a page in half the room and time.
const ascii = text => text.replace(/[\u0080-\uffff]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
const inert = text => ascii(text.replaceAll('<', '\\u003c'));
const named = text => text.replace(/[&<"\u0080-\uffff]/g, letter => `&#${letter.charCodeAt(0)};`);
const LOCAL = 'az'; // spoken in the country of the map that comes with the program: a page of another one has neither it nor the country's names
const languagesFor = home => languages.filter(language => home || language !== LOCAL);
/** The desk's own words are of no use to a report. @param {string} language @param {boolean} home @param {boolean} asks */
function wordsOf(language, home, asks) {
    const file = JSON.parse(readFileSync(join(here, `words/${language}.json`), 'utf8'));
    if (!home) file.scenarioNames = {};
    if (!asks) delete file.desk;
    return file;
}
/** English stands in for what a language lacks; the others are packed until somebody reads one. And how each spells the names of a map, which is laid out for the longest. @param {boolean} home @param {boolean} asks */
function wordsFor(home, asks) {
    const files = languagesFor(home).map(language => [language, wordsOf(language, home, asks)]);
    /** @type {Record<string, string[]>} */
    const spellings = {};
    for (const [, {scenarioNames}] of files) for (const [name, spelt] of Object.entries(scenarioNames)) (spellings[name] ??= []).push(spelt);
    return [...files.map(([language, file]) => {
        const text = JSON.stringify(file), begin = `data-language="${language}" data-name="${named(file.language)}"`;
        return `<script type="application/json" ${begin}>${language === 'en' ? inert(text) : JSON.stringify(gzipSync(text, {level: 9}).toString('base64'))}</script>`;
    }), `<script type="application/json" id="spellings">${inert(JSON.stringify(spellings))}</script>`].join('\n');
}

/** A page before and after the data: the report with the map of Azerbaijan or without; or the desk, which speaks to the server that it comes from. */
async function pageOf({main = 'src/main.js', hasMap = false, speaks = '', look = style}) {
    const bundled = await build({
        entryPoints: [join(here, main)],
        bundle: true,
        minify: true,
        format: 'iife',
        target: ['es2022'],
        charset: 'ascii',
        legalComments: 'none',
        write: false,
        logLevel: 'warning',
    });
    const script = bundled.outputFiles[0].text.trim();
    if (/<\/script|<!--/i.test(script)) throw new Error('the script would end its own element');

    // Nothing is loaded from anywhere, and no script runs but this one.
    const sha = createHash('sha256').update(script).digest('base64');
    const policy = `default-src 'none'; script-src 'sha256-${sha}'; style-src 'unsafe-inline'; img-src data: blob:; ${speaks}base-uri 'none'; form-action 'none'`;
    const page = readFileSync(join(here, 'page.html'), 'utf8')
        .replace('/*POLICY*/', () => policy)
        .replace('/*STYLE*/', () => look)
        .replace('/*WORDS*/', () => wordsFor(hasMap, speaks !== ''))
        .replace('/*MAP*/', () => (hasMap ? inert(map) : '{"type":"FeatureCollection","features":[]}'))
        .replace('/*SCRIPT*/', () => script);
    if (/[\u0080-\uffff]/.test(page)) throw new Error('the page is not of ASCII alone');
    const [before, after, more] = page.split(DATA);
    if (after === undefined || more !== undefined) throw new Error('page.html has not one place for the data');
    return {before, after, spoken: languagesFor(hasMap)};
}
const full = await pageOf({hasMap: true}), plain = await pageOf({});
const desk = await pageOf({main: 'src/desk/begin.js', hasMap: true, speaks: "connect-src 'self'; ", look: style + readFileSync(join(here, 'desk.css'), 'utf8')});

// The question mark too: two of them would begin a trigraph.
const escapes = {10: '\\n', 34: '\\"', 63: '\\?', 92: '\\\\'};
function literal(text) {
    const lines = [];
    let line = '';
    for (const byte of Buffer.from(text, 'utf8')) {
        line += escapes[byte] ?? (byte < 32 || byte > 126 ? '\\' + byte.toString(8).padStart(3, '0') : String.fromCharCode(byte));
        if (line.length > 100) {
            lines.push(line);
            line = '';
        }
    }
    return [...lines, line].map(l => `    "${l}"`).join('\n');
}
const piece = (name, {before, after, spoken}) => `static const char ${name}_before[] =\n${literal(before)};\n\nstatic const char ${name}_after[] =\n${literal(after)};\n\n` +
    `static const char *const ${name}_languages[] = {${spoken.map(language => `"${language}", `).join('')}NULL};\n` +
    `const hw_page_template hw_page_${name} = {${name}_before, sizeof ${name}_before - 1, ${name}_after, sizeof ${name}_after - 1, ${name}_languages};\n`;
writeFileSync(output, `#include "analysis/page/template.h"\n\n${[piece('full', full), piece('plain', plain), piece('desk', desk)].join('\n')}`);
